# `just` lists these; each is one command that works without just as well.

default:
    @just --list

# An environment with the very versions of uv.lock, and the tools.
install:
    uv sync --extra test

test *args:
    uv run python -m pytest {{args}}

lint:
    uv run ruff check
    uv run ruff format --check
    uv run lint-imports

types:
    uv run mypy

format:
    uv run ruff format
    uv run ruff check --fix

# The stories that we wrote, against the gold that an editor wrote for them.
demo-gold data="../shared":
    uv run python {{data}}/eval/score_gold.py src/twosource/demo twosource build/demo-gold

# The stories to measure by. Errors by story stand in build/gold/*.errors.
gold data="../shared":
    uv run python {{data}}/eval/score_gold.py {{data}} twosource build/gold

# The six invented stories that are only there to measure by: nothing was fitted on them.
held-gold data="../shared":
    rm -rf build/held && mkdir -p build/held
    for story in bank ceasefire cholera factory jobs launch; do ln -s "$PWD/training/stories/$story" build/held/; done
    uv run python {{data}}/eval/score_gold.py build/held twosource build/held-gold

bench data="../shared":
    uv run python benchmarks/compare.py --data {{data}}/seeds

# Write docs/reference/commands.md anew from the commands' own help.
docs:
    uv run python docs/reference/write_commands.py

# The documentation as a site, in build/site.
site:
    uv run zensical build

# Everything that the machine checks before a change is taken.
ci:
    .ci/run

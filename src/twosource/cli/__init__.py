"""The command line: parse, call the library, print. Only click is imported until a command runs.

Results go to standard output, all else to standard error. Exit codes: 0 done · 1 done, but some reports could not be read · 2 wrong use ·
3 nothing could be read · 70 a fault of ours · 130 interrupted. One module holds one group of commands; `COMMANDS` lists them all.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import click

from twosource.cli import archive, names, options, piles, readings, reconciliations, search, stories, watch
from twosource.cli.codes import DONE, FAULT, INTERRUPTED, NOTHING_READ, WRONG_USE
from twosource.cli.writing import say
from twosource.errors import ArchiveError, ModelError, ReconciliationError, SourceError, TwoSourceError

COMMANDS = (
    reconciliations.compare,
    reconciliations.demo,
    reconciliations.show,
    reconciliations.explain,
    reconciliations.schema,
    readings.read,
    names.match_names,
    archive.archive,
    search.search,
    stories.stories,
    stories.story,
    piles.lineage,
    watch.watch,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` name, those of the process where there are none; the exit code."""
    debug = "--debug" in (sys.argv[1:] if arguments is None else arguments)
    try:
        code = commands.main(
            args=None if arguments is None else list(arguments), prog_name="twosource", standalone_mode=False
        )
    except click.ClickException as wrong:
        wrong.show()
        return WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # Who read our output has had enough. What is still buffered must go somewhere, or Python complains when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return DONE
    except Exception as error:
        if debug:
            traceback.print_exc()
        return _explained(error, debug)
    return code if isinstance(code, int) else DONE


def _explained(error: Exception, debug: bool) -> int:
    """Say on standard error what went wrong; the exit code."""
    if isinstance(error, TwoSourceError):
        say(str(error))
        return (
            NOTHING_READ
            if isinstance(error, ArchiveError | SourceError | ReconciliationError | ModelError)
            else WRONG_USE
        )
    if isinstance(error, OSError) and error.strerror:
        say(f"{error.filename or 'standard output'}: {error.strerror}")
        return WRONG_USE
    more = "" if debug else "; --debug shows where"
    say(f"this is a fault of twosource: {type(error).__name__}: {error}{more}. Please report it.")
    return FAULT


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="twosource", prog_name="twosource", message="%(prog)s %(version)s")
@options.debug
def commands() -> None:
    """What several reports of one event establish, who says so, and where they differ."""


for command in COMMANDS:
    commands.add_command(command)

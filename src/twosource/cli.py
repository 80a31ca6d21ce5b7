"""The command line: parse, call the library, print. Only click is imported until a command runs.

Results go to standard output, all else to standard error. Exit codes: 0 done · 1 done, but some reports could not be read · 2 wrong use ·
3 nothing could be read · 70 a fault of ours · 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from twosource.errors import ModelError, ReconciliationError, SourceError, TwoSourceError, UsageError

if TYPE_CHECKING:
    from twosource.model import Reconciliation, Report
    from twosource.sources import Loaded
    from twosource.verdicts.policies import Policy

DONE, SOME_UNREAD, WRONG_USE, NOTHING_READ, INTERRUPTED = 0, 1, 2, 3, 130

#: A fault of ours: EX_SOFTWARE of sysexits.h.
FAULT = 70

_FORMATS = {
    ".json": "json", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".csv": "csv", ".jsonld": "annotation",
}  # fmt: skip


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
        _say("interrupted")
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
        _say(str(error))
        return NOTHING_READ if isinstance(error, SourceError | ReconciliationError | ModelError) else WRONG_USE
    if isinstance(error, OSError) and error.strerror:
        _say(f"{error.filename or 'standard output'}: {error.strerror}")
        return WRONG_USE
    more = "" if debug else "; --debug shows where"
    _say(f"this is a fault of twosource: {type(error).__name__}: {error}{more}. Please report it.")
    return FAULT


def _say(words: str) -> None:
    from twosource.outputs.wording import visible

    click.echo(f"twosource: {visible(words)}", err=True)


# --- options that commands share ---------------------------------------------------------------------------------------------


def _with(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_debug = click.option("--debug", is_flag=True, expose_value=False, help="Show where in the code an error arose.")
_files = click.argument("files", nargs=-1, required=True, metavar="FILE…")
_out = click.option("-o", "--output", "out", metavar="OUT", help="Write into this file, whole or not at all.")
_width = click.option(
    "--width", type=click.IntRange(40, 1000), metavar="N", help="Columns of the text. [default: the terminal's, else 80]",
)  # fmt: skip
_shown = _with(
    click.option(
        "--format",
        "form",
        type=click.Choice(["text", "html", "json", "markdown", "csv", "annotation"]),
        help="How to write it. [default: by OUT's name, else text]",
    ),
    _out,
    click.option(
        "--all", "everything", is_flag=True, help="Show everything that one report alone says, and whole quotations."
    ),
    _width,
    click.option(
        "--table", type=click.Choice(["claims", "evidence", "figures", "quotes", "names"]), default="claims",
        help="Which table, with --format csv. [default: claims]",
    ),
    click.option(
        "--policy", type=click.Choice(["range", "most-conservative", "majority", "latest", "named-sources-first"]),
        help="Which rule settles a figure. [default: range; of what was saved, the rule it was saved with]",
    ),
)  # fmt: skip
_told = _with(
    click.option("--published", metavar="DATE", help="When reports that carry no date were published: 2031-04-01."),
    click.option("--about", metavar="CSV", help="What files do not say: file, outlet, published, title, byline, credit, same_source_as."),
)  # fmt: skip


# --- the commands ------------------------------------------------------------------------------------------------------------


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="twosource", prog_name="twosource", message="%(prog)s %(version)s")
@_debug
def commands() -> None:
    """What several reports of one event establish, who says so, and where they differ."""


@commands.command()
@_files
@_told
@_shown
@_debug
def compare(files: tuple[str, ...], published: str | None, about: str | None, **shown: Any) -> int:
    """Reconcile the reports of one story: files and folders of .txt, .html, .json and .jsonl."""
    from twosource.calls import load

    _spare(shown["out"], (*files, *([about] if about else ())))
    return _reconcile(load(files, published=published, about=about), **shown)


@commands.command()
@click.argument("story", required=False)
@_shown
@_debug
def demo(story: str | None, **shown: Any) -> int:
    """Reconcile a STORY that comes with twosource: an invented event, told by invented outlets."""
    from dataclasses import replace

    from twosource.calls import load
    from twosource.demo import names, paths

    name = story or names()[0]
    if name not in names():
        raise UsageError(f"there is no story {name!r}: there are {', '.join(names())}")
    _spare(shown["out"], ())
    loaded = load(paths(name))
    # Where Python keeps its packages is nobody's business, and would make the same story other bytes on another machine.
    told = replace(loaded, reports=tuple(replace(r, file=f"{name}/{os.path.basename(r.file)}") for r in loaded.reports))
    return _reconcile(told, **shown)


@commands.command()
@click.argument("reconciliation", metavar="RECONCILIATION.json")
@_shown
@_debug
def show(reconciliation: str, **shown: Any) -> int:
    """Show a reconciliation that was saved with --format json."""
    _spare(shown["out"], (reconciliation,))
    _show(_saved(reconciliation), **shown)
    return DONE


@commands.command()
@click.argument("claim")
@click.argument("reconciliation", metavar="RECONCILIATION.json")
@_width
@_out
@_debug
def explain(claim: str, reconciliation: str, width: int | None, out: str | None) -> int:
    """Why a CLAIM stands as it does. CLAIM is its number in the listing, its id, or the beginning of its id."""
    from twosource.outputs.explain import explain as explained

    _spare(out, (reconciliation,))
    colour = _colour(out)
    _put(explained(_saved(reconciliation), claim, width=_columns(width, out), colour=colour), out)
    return DONE


@commands.command()
@_files
@_told
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), help="How to write it. [default: text]")
@_out
@_debug
def read(files: tuple[str, ...], published: str | None, about: str | None, form: str | None, out: str | None) -> int:
    """Read out of each report the names, quotes, figures, times and statements it holds, one line a report with --format jsonl."""
    from twosource.calls import load

    _spare(out, (*files, *([about] if about else ())))
    loaded = load(files, published=published, about=about)
    code = _unread(loaded)
    if not loaded.reports:
        return code
    from twosource.outputs.json import reading_json
    from twosource.outputs.listing import listing
    from twosource.reading import read as read_report

    jsonl = form == "jsonl" or (form is None and out is not None and out.endswith(".jsonl"))
    columns = _columns(None, out)

    def written(report: Report) -> str:
        reading = read_report(report)
        return reading_json(reading) + "\n" if jsonl else listing(reading, width=columns)

    if out in (None, "-"):
        for report in loaded.reports:
            _put(written(report), None)
    else:
        _put("".join(map(written, loaded.reports)), out)
    return code


@commands.command()
@_out
@_debug
def schema(out: str | None) -> int:
    """Print the JSON Schema of a reconciliation."""
    import json

    from twosource.outputs.json import json_schema

    _put(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", out)
    return DONE


# --- what they do ------------------------------------------------------------------------------------------------------------


def _reconcile(loaded: Loaded, **shown: Any) -> int:
    """Name what could not be read, reconcile the rest, show it; the exit code."""
    from twosource.calls import reconciled

    code = _unread(loaded)
    if not loaded.reports:
        return code
    if sys.stderr is not None and sys.stderr.isatty():
        _say(f"reading {len(loaded.reports)} report{'s' if len(loaded.reports) > 1 else ''} …")
    _show(reconciled(loaded), **shown)
    return code


def _unread(loaded: Loaded) -> int:
    """Name on standard error what could not be read; the exit code that this gives."""
    from twosource.calls import nothing_read

    for problem in loaded.problems:
        _say(str(problem))
    if loaded.reports:
        return SOME_UNREAD if loaded.problems else DONE
    if not loaded.problems:
        _say(str(nothing_read(loaded)))
    return NOTHING_READ


def _saved(path: str) -> Reconciliation:
    from twosource.outputs.json import from_json

    try:
        with open(path, "rb") as file:
            return from_json(file.read())
    except OSError as error:
        raise SourceError(
            path, f"{error.strerror}: give the file that `twosource compare … --format json -o FILE` wrote"
        ) from None
    except ReconciliationError as error:
        raise ReconciliationError(f"{path}: {error}") from None


def _show(
    told: Reconciliation, form: str | None, out: str | None, everything: bool, width: int | None, table: str, policy: Policy | None
) -> None:  # fmt: skip
    if policy is not None:
        from twosource.verdicts.policies import settled

        told = settled(told, policy)
    form = form or _FORMATS.get(os.path.splitext(out or "")[1].lower(), "text")
    if form == "json":
        from twosource.outputs.json import to_json

        _put(to_json(told), out)
    elif form == "markdown":
        from twosource.outputs.markdown import to_markdown

        _put(to_markdown(told, everything=everything), out)
    elif form == "html":
        from twosource.outputs.page import to_page

        _put(to_page(told), out)
    elif form == "csv":
        from twosource.outputs.csvs import to_csv

        _put(to_csv(told, table), out)
    elif form == "annotation":
        from twosource.outputs.annotation import to_annotation

        _put(to_annotation(told), out)
    else:
        from twosource.outputs.terminal import to_text

        _put(to_text(told, width=_columns(width, out), colour=_colour(out), everything=everything), out)


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _colour(out: str | None) -> bool:
    return out in (None, "-") and _is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _columns(width: int | None, out: str | None) -> int:
    if width is None and out in (None, "-") and _is_terminal():
        import shutil

        return max(40, shutil.get_terminal_size().columns)
    return width or 80


def _spare(out: str | None, sources: Sequence[str]) -> None:
    """Refuse to write over what is read, and, before any work is done, to write where nothing can be written."""
    if out in (None, "-"):
        return
    if any(os.path.exists(s) and os.path.exists(out) and os.path.samefile(s, out) for s in sources):
        raise UsageError(f"-o {out}: it is one of the files to be read, which are never written: give another name")
    folder = os.path.dirname(os.path.realpath(out))
    if os.path.isdir(out):
        wrong = errno.EISDIR
    elif not os.path.isdir(folder):
        wrong = errno.ENOENT
    elif not os.access(out if os.path.exists(out) and not os.path.isfile(out) else folder, os.W_OK):
        wrong = errno.EACCES
    else:
        return
    raise UsageError(f"-o {out}: it cannot be written: {os.strerror(wrong)}")


def _put(text: str, out: str | None) -> None:
    """Write `text` as UTF-8 to standard output, or into the file `out`, whole or not at all."""
    data = text.encode("utf-8", "backslashreplace")
    if out is None or out == "-":
        if sys.stdout is None:
            raise UsageError("standard output is closed: open it, or write into a file with -o")
        stream: BinaryIO = sys.stdout.buffer
        stream.write(data)
        stream.flush()
        return
    try:
        write_whole(out, data)
    except OSError as error:
        raise UsageError(f"-o {out}: it cannot be written: {error.strerror or error}") from None
    _say(f"written to {out}")


def write_whole(path: str, data: bytes) -> None:
    """Write `data` to `path` so that whoever opens it finds the old file or the new one, never half of it.

    What is no ordinary file (a pipe, `/dev/null`) is written to as it is.
    """
    import tempfile

    path = os.path.realpath(path)
    if os.path.isdir(path):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", path)
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as special:
            special.write(data)
        return
    mask = os.umask(0)
    os.umask(mask)
    mode = os.stat(path).st_mode & 0o777 if os.path.exists(path) else 0o666 & ~mask
    handle, beside = tempfile.mkstemp(prefix=".twosource-", dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, mode)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise


if __name__ == "__main__":
    sys.exit(main())

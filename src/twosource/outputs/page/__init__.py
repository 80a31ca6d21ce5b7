"""A Reconciliation as one page that a newsroom reads: a self-contained HTML file that asks nobody for anything.

The page is made of Jinja2 templates, a style sheet and a script, files of their own beside this one, which are put into the page when it
is built; the web app serves the same files. A Content-Security-Policy names the style and the scripts by their hashes and forbids all
else. Whatever a report says is escaped by the templates and passes `visible` on its way out, wherever in them it stands: nothing in a
report becomes markup, and nothing hidden in it stays hidden.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from twosource.model import Reconciliation
from twosource.outputs.wording import count, day, outlet, settled_words, visible

if TYPE_CHECKING:
    import jinja2

#: What the style sheet calls the verdicts: briefly, since a large page says it ten thousand times, and least what is said most.
CLASSES = {"conflicting": "v1", "updated": "v2", "corroborated": "v3", "one-origin": "v4", "single-source": ""}

#: So many lines of one side are shown at once. Those that follow lead to their places, where their words stand, and are filled in from
#: there when they are unfolded.
FEW = 4

#: From so many characters on, a page says nothing twice that its script can take from elsewhere in it: a story of sixty reports would
#: else hold every text three times, and be slow to open.
LARGE = 150_000

#: Lines that the templates leave empty.
_EMPTY = re.compile(r"\n\s*\n")

#: Before anything is drawn, so that the page does not jump: what only a script can work is shown only where scripts run.
BEFORE = 'document.documentElement.classList.add("js")'


def to_page(reconciliation: Reconciliation) -> str:
    """The reconciliation as a whole HTML document. The same reconciliation gives the same bytes.

    >>> to_page(Reconciliation(reports=()))[:15]
    '<!doctype html>'
    """
    from twosource.outputs.page import panels
    from twosource.outputs.page.rows import KINDS, SECTIONS
    from twosource.outputs.page.story import Story

    roomy = sum(len(r.text) for r in reconciliation.reports) < LARGE
    story = Story(reconciliation, roomy=roomy)
    drawn = panels.charts(story)
    first, rest = panels.people(story)
    within = panels.in_claims(story, tuple(c for c in drawn if len(c.rows) <= 2 * FEW))
    shown = {
        "charts": tuple(c for c in drawn if c.group.verdict != "single-source"),
        "charts_alone": tuple(c for c in drawn if c.group.verdict == "single-source"),
        "chart_of": within,
        "grids": sorted({len(c.axis.ticks): c.axis.ticks for c in drawn if not c.same}.items()),
        "drawn_in": {c.group.id: story.rows[n - 1] for n, c in reversed(within.items())},
        "days": panels.timeline(story),
        "people": first,
        "people_once": rest,
        "back_to": panels.back_to(story),
        "graph": panels.sources(story),
        "margins": panels.margins(story),
        "rows": story.rows,
        "alone": story.alone,
    }
    style, script = asset("page.css"), asset("reader.js") + asset("claims.js")
    page: str = (
        environment()
        .get_template("page.html")
        .render(
            story=story,
            texts=story.texts(),  # last, when all is linked that links, so that they are cut where links lead
            sections=SECTIONS,
            kinds=KINDS,
            v=CLASSES,
            few=FEW if roomy else 1,
            roomy=roomy,
            style=_raw(style),
            before=_raw(BEFORE),
            script=_raw(script),
            policy=policy(style, (BEFORE, script)),
            **shown,
        )
    )
    return _EMPTY.sub("\n", page)


def policy(style: str, scripts: tuple[str, ...]) -> str:
    """The Content-Security-Policy: this style and these scripts, and nothing from anywhere."""
    allowed = " ".join(f"'{digest(s)}'" for s in scripts)
    return (
        f"default-src 'none'; style-src '{digest(style)}'; script-src {allowed}; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def digest(text: str) -> str:
    """The hash by which a Content-Security-Policy knows a style or a script.

    >>> digest("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@functools.cache
def asset(name: str) -> str:
    """The text of a file that is put into the page."""
    return _EMPTY.sub("\n", files(__name__).joinpath(name).read_text(encoding="utf-8"))


def link(url: str | None) -> str | None:
    """The address where it may be a link, http or https and nothing hidden in it; else None.

    >>> link("https://ledger.example/1"), link("javascript:alert(1)"), link(" https://a.example")
    ('https://ledger.example/1', None, None)
    """
    plain = url is not None and url.lower().startswith(("http://", "https://"))
    return url if plain and url is not None and url.isascii() and url.isprintable() and " " not in url else None


@functools.cache
def environment() -> jinja2.Environment:
    """The templates, escaping whatever they are given, after `visible`."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader(__name__),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(count=count, day=day, outlet=outlet, settled_words=settled_words, link=link)
    made.filters["percent"] = _percent
    return made


def _percent(value: float) -> str:
    """A place across a drawing, as briefly as it can be written.

    >>> _percent(6.0), _percent(28.25)
    ('6%', '28.25%')
    """
    return f"{round(value, 2):g}%"


def _finalize(value: Any) -> Any:
    return visible(value) if type(value) is str else value


def _raw(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 (our own files)

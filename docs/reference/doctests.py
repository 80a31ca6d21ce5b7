"""An extension of griffe, which reads the docstrings for the page of Python: a dialogue in a docstring is shown as code."""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

_DIALOGUE = re.compile(r"^>>> .*\n?(?:(?!\s*\n).+\n?)*", re.MULTILINE)


class Doctests(Extension):
    """Puts a fence around each dialogue."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """See griffe: called once for each object."""
        if obj.docstring and ">>> " in obj.docstring.value:
            obj.docstring.value = _DIALOGUE.sub(lambda m: f"```pycon\n{m[0].rstrip()}\n```\n", obj.docstring.value)

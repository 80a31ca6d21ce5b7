"""The nouns of `twosource.model` as JSON: one reading of their dataclasses gives the writer, the reader and the schema.

So that a field added to the model is written, read, checked and described at once, and none of the four can forget it.
Two things are JSON's own: an Edge's `source` and `target` are called `from` and `to`, and a whole number is written without ".0".
"""

from __future__ import annotations

import dataclasses
import functools
import types
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from twosource.errors import BrokenSpan
from twosource.model import Edge, Span

#: What JSON calls a field, where that is not what the model calls it.
RENAMED: Mapping[type, Mapping[str, str]] = {Edge: {"source": "from", "target": "to"}}

#: Gives the value that a JSON value stands for; the mapping holds each report's text by the report's id.
Decode = Callable[[Any, Mapping[str, str]], Any]

#: What JSON holds as it is: most of all values.
_AS_THEY_ARE = frozenset({str, int, bool, types.NoneType})

#: Above it a float has no exact neighbours, so it stays a float.
_EXACT = 2.0**53


class Unfit(Exception):
    """A JSON value is not what its place asks for: `why`, and `steps` from the innermost place outwards."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        self.steps: list[str] = []

    @property
    def place(self) -> str:
        """The place, as in `claims[3].evidence[0].exact`."""
        return "".join(reversed(self.steps)).lstrip(".")


class Field(NamedTuple):
    """A field of a dataclass: its name, its name in JSON, its type, the noun in that type, whether a file may leave it out."""

    name: str
    key: str
    kind: Any
    noun: type | None
    optional: bool


@functools.cache
def fields(of: type) -> tuple[Field, ...]:
    """The fields of a dataclass, in their order."""
    hints = get_type_hints(of)
    renamed = RENAMED.get(of, {})
    found = []
    for f in dataclasses.fields(of):
        optional = f.default is not dataclasses.MISSING or f.default_factory is not dataclasses.MISSING
        nouns = _nouns(hints[f.name])
        found.append(Field(f.name, renamed.get(f.name, f.name), hints[f.name], nouns[0] if nouns else None, optional))
    return tuple(found)


def encode(value: Any, noun: type | None = None) -> Any:
    """`value`, made of the nouns, as what `json.dumps` takes; as a `noun`, where it is a kind of that.

    >>> encode(Span("r1", 4, 8, "Two were hurt."))
    {'report': 'r1', 'start': 4, 'end': 8, 'exact': 'were'}
    """
    if value.__class__ in _AS_THEY_ARE:
        return value
    if isinstance(value, tuple):
        return [encode(v, noun) for v in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kind = noun if noun is not None and isinstance(value, noun) else type(value)
        # Most of what a noun holds is written as it is: told here, that costs no call.
        return {
            f.key: held if (held := getattr(value, f.name)).__class__ in _AS_THEY_ARE else encode(held, f.noun)
            for f in fields(kind)
        }
    return value


@functools.cache
def decoder(of: Any) -> Decode:
    """What reads a JSON value as the type `of`; it raises Unfit where the value does not fit.

    >>> decoder(tuple[str, ...])(["a", "b"], {})
    ('a', 'b')
    """
    if dataclasses.is_dataclass(of):
        assert isinstance(of, type)
        return _record(of)
    origin, arguments = get_origin(of), get_args(of)
    if origin is Literal:
        return _one_of(arguments)
    if origin is tuple:
        assert arguments[1:] == (...,), f"{of} is no tuple of one type"
        return _array(decoder(arguments[0]))
    if origin in (Union, types.UnionType):
        (inner,) = (a for a in arguments if a is not types.NoneType)
        return _or_null(decoder(inner))
    return _plain(of)


def schema(of: Any) -> dict[str, Any]:
    """The JSON Schema of the type `of`, in which the nouns are references to `#/$defs`."""
    if dataclasses.is_dataclass(of):
        assert isinstance(of, type)
        return {"$ref": f"#/$defs/{of.__name__}"}
    origin, arguments = get_origin(of), get_args(of)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": schema(arguments[0])}
    if origin in (Union, types.UnionType):
        (inner,) = (a for a in arguments if a is not types.NoneType)
        return {"anyOf": [schema(inner), {"type": "null"}]}
    return {"type": {str: "string", int: "integer", float: "number", bool: "boolean"}[of]}


def define(of: type, into: dict[str, Any]) -> None:
    """Put the schema of the dataclass `of`, and of every noun in it, `into` the definitions."""
    if of.__name__ in into:
        return
    meaning = (of.__doc__ or "").strip().split("\n\n")[0].split("\n")
    into[of.__name__] = {
        "type": "object",
        "description": " ".join(line.strip() for line in meaning).replace("`", ""),
        "properties": {f.key: schema(f.kind) for f in fields(of)},
        "required": [f.key for f in fields(of) if not f.optional],
    }
    if issubclass(of, Span):
        into[of.__name__]["properties"] |= {
            "start": {"type": "integer", "minimum": 0},
            "end": {"type": "integer", "minimum": 1},
        }
    for f in fields(of):
        if f.noun is not None:
            define(f.noun, into)


def _nouns(of: Any) -> list[type]:
    if dataclasses.is_dataclass(of):
        assert isinstance(of, type)
        return [of]
    return [noun for argument in get_args(of) for noun in _nouns(argument)]


def _record(of: type) -> Decode:
    """Reads an object as the dataclass `of`. A Span's words are cut from the report anew, and must be those that the file holds."""
    parts = [(f.name, f.key, decoder(f.kind), f.optional) for f in fields(of)]
    is_span = issubclass(of, Span)

    def decode(value: Any, texts: Mapping[str, str]) -> Any:
        if not isinstance(value, dict):
            raise Unfit(f"is {_said(value)}, not an object")
        given = {}
        key = ""
        try:
            for name, key, part, optional in parts:
                if key in value:
                    given[name] = part(value[key], texts)
                elif not optional:
                    raise Unfit("is missing")
        except Unfit as wrong:
            wrong.steps.append(f".{key}")
            raise
        if not is_span:
            return of(**given)
        exact = given.pop("exact")
        if given["report"] not in texts:
            raise Unfit(f"points into {given['report']!r}, which is no report of this file")
        try:
            span = of(**given, of=texts[given["report"]])
        except BrokenSpan as broken:
            raise Unfit(str(broken)) from None
        if span.exact != exact:
            raise Unfit(f"says {_said(exact)} where the report has {_said(span.exact)}")
        return span

    return decode


def _array(item: Decode) -> Decode:
    def decode(value: Any, texts: Mapping[str, str]) -> Any:
        if not isinstance(value, list):
            raise Unfit(f"is {_said(value)}, not an array")
        given: list[Any] = []
        try:
            given.extend(item(one, texts) for one in value)
        except Unfit as wrong:
            wrong.steps.append(f"[{len(given)}]")
            raise
        return tuple(given)

    return decode


def _or_null(inner: Decode) -> Decode:
    return lambda value, texts: None if value is None else inner(value, texts)


def _one_of(choices: tuple[str, ...]) -> Decode:
    def decode(value: Any, texts: Mapping[str, str]) -> Any:
        if value not in choices:
            raise Unfit(f"is {_said(value)}, not one of {', '.join(choices)}")
        return value

    return decode


def _plain(of: type) -> Decode:
    kinds: Mapping[type, tuple[tuple[type, ...], str]] = {
        str: ((str,), "text"),
        int: ((int,), "a whole number"),
        float: ((int, float), "a number"),
        bool: ((bool,), "true or false"),
    }
    wanted, word = kinds[of]

    def decode(value: Any, texts: Mapping[str, str]) -> Any:
        if value.__class__ is of:
            return value
        if not isinstance(value, wanted) or (of is not bool and isinstance(value, bool)):
            raise Unfit(f"is {_said(value)}, not {word}")
        try:
            return of(value)
        except OverflowError:
            raise Unfit("is too large a number") from None

    return decode


def _said(value: Any) -> str:
    """A value named short enough for a message."""
    name = (
        ascii(value) if not isinstance(value, (dict, list)) else "an object" if isinstance(value, dict) else "an array"
    )
    return name if len(name) <= 60 else name[:56] + " …"

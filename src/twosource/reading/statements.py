from collections.abc import Sequence

from twosource.model import Actor, Figure, Quote, Span, Statement, Time
from twosource.reading.coreference import Resolve
from twosource.reading.parse import Parse


def statements(
    parse: Parse, actors: Sequence[Actor], quotes: Sequence[Quote], figures: Sequence[Figure], times: Sequence[Time],
    furniture: Sequence[Span], resolve: Resolve,
) -> tuple[Statement, ...]:  # fmt: skip
    return ()

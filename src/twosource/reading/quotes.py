from collections.abc import Sequence

from twosource.model import Actor, Quote
from twosource.reading.coreference import Resolve
from twosource.reading.parse import Parse


def quotes(parse: Parse, actors: Sequence[Actor], resolve: Resolve) -> tuple[Quote, ...]:
    return ()

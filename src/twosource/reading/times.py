from twosource.model import Time
from twosource.reading.parse import Parse


def times(parse: Parse) -> tuple[Time, ...]:
    return ()

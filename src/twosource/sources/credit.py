"""The news agency that a report is credited to: from its dateline, its byline or its closing lines, never from a mention.

A credit is recognised by its place. "TOWN (AP) —" opens a text, "By X, Associated Press" stands under a heading, "— AFP" or
"Reporting by … for Reuters" closes it; "told Reuters" and "AP reported" stand inside a sentence and credit nobody with the text. So every
rule here is anchored at the start or the end of a line, and in the first or the last lines of the report. "The Associated Press
contributed to this report" says that a part came from there: it is no credit of the whole.

The forms are those of the agencies' own style books: Reuters alone signs "(Reporting by …; Editing by …)" without naming itself;
TASS stands between slashes; IRNA and SPA stand in the dateline after a comma; PTI writes no dash after the bracket.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agency:
    """A news agency: the `name` a credit is given as, and every other form it is credited by, as written (case counts)."""

    name: str
    forms: tuple[str, ...] = ()


#: The world's news agencies, by the name their credits bear. Give `credit` a longer tuple to know more of them.
AGENCIES: tuple[Agency, ...] = (
    # worldwide
    Agency("AP", ("Associated Press", "A.P.", "AP News", "apnews.com")),
    Agency("Reuters", ("REUTERS", "Thomson Reuters", "Reuters Health", "Reuters Life!", "Thomson Reuters Foundation", "reuters.com")),
    Agency("AFP", ("Agence France-Presse", "Agence France Presse", "Agence-France Presse", "AFP-Relaxnews")),
    Agency("UPI", ("United Press International", "upi.com")),
    Agency("Bloomberg", ("Bloomberg News",)),
    Agency("dpa", ("DPA", "Deutsche Presse-Agentur", "German Press Agency", "dpa-AFX")),
    Agency("EFE", ("Agencia EFE", "EFE News", "EFE-EPA", "Efe")),
    Agency("ANSA", ("Ansa",)),
    Agency("Xinhua", ("XINHUA", "Xinhua News Agency", "New China News Agency")),
    Agency("Inter Press Service", ("IPS",)),
    # Europe
    Agency("PA", ("PA Media", "Press Association", "PA news agency", "PA News Agency")),
    Agency("APA", ("Austria Press Agency", "Austria Presse Agentur")),
    Agency("Keystone-SDA", ("SDA", "ATS", "Keystone-ATS")),
    Agency("Belga", ("Belga News Agency", "BELGA")),
    Agency("ANP", ("Algemeen Nederlands Persbureau",)),
    Agency("Ritzau", ("Ritzaus Bureau",)),
    Agency("NTB", ("Norsk Telegrambyrå",)),
    Agency("TT", ("TT News Agency", "Tidningarnas Telegrambyrå")),
    Agency("STT", ("STT-Lehtikuva",)),
    Agency("BNS", ("Baltic News Service",)),
    Agency("ELTA", ()),
    Agency("LETA", ()),
    Agency("PAP", ("Polish Press Agency", "Polska Agencja Prasowa")),
    Agency("CTK", ("ČTK", "Czech News Agency")),
    Agency("TASR", ("News Agency of the Slovak Republic",)),
    Agency("SITA", ()),
    Agency("MTI", ("Magyar Távirati Iroda", "Hungarian News Agency")),
    Agency("Agerpres", ("AGERPRES",)),
    Agency("Mediafax", ("MEDIAFAX",)),
    Agency("BTA", ("Bulgarian News Agency",)),
    Agency("ANA-MPA", ("AMNA", "ANA", "Athens News Agency", "Athens-Macedonian News Agency")),
    Agency("ATA", ("Albanian Telegraphic Agency",)),
    Agency("Tanjug", ("TANJUG",)),
    Agency("Beta", ("BETA", "Beta News Agency")),
    Agency("HINA", ("Hina",)),
    Agency("STA", ("Slovenian Press Agency",)),
    Agency("FENA", ("Fena",)),
    Agency("SRNA", ("Srna",)),
    Agency("MIA", ("Media Information Agency",)),
    Agency("Lusa", ("LUSA", "Agência Lusa")),
    Agency("Europa Press", ("EUROPA PRESS",)),
    Agency("AGI", ("Agenzia Italia",)),
    Agency("Adnkronos", ("ADNKRONOS", "AKI")),
    # Eastern Europe, Caucasus, Central Asia
    Agency("TASS", ("ITAR-TASS", "Itar-Tass", "Tass")),
    Agency("Interfax", ("INTERFAX", "Interfax-Ukraine", "Interfax-West", "Interfax-Kazakhstan")),
    Agency("RIA Novosti", ("RIA", "RIA NOVOSTI", "Sputnik", "SPUTNIK")),
    Agency("BelTA", ("BELTA", "Belta", "BelTa")),
    Agency("BelaPAN", ("BelaPan",)),
    Agency("Ukrinform", ("UKRINFORM",)),
    Agency("UNIAN", ("Unian",)),
    Agency("Moldpres", ("MOLDPRES",)),
    Agency("Infotag", ("INFOTAG",)),
    Agency("Armenpress", ("ARMENPRESS",)),
    Agency("Azertac", ("AZERTAC", "AZERTAG", "Azertag")),
    Agency("Trend", ("Trend News Agency",)),
    Agency("Kazinform", ("KAZINFORM", "KazInform")),
    Agency("Kabar", ("KABAR",)),
    Agency("AKIpress", ("AKIPRESS",)),
    Agency("Khovar", ("KHOVAR",)),
    # Middle East and Africa
    Agency("Anadolu", ("AA", "Anadolu Agency", "Anadolu Ajansı", "ANADOLU")),
    Agency("DHA", ("Demirören News Agency", "Doğan News Agency")),
    Agency("IHA", ("İHA", "Ihlas News Agency")),
    Agency("IRNA", ("Irna", "Islamic Republic News Agency")),
    Agency("ISNA", ("Isna", "Iranian Students' News Agency", "Iranian Students’ News Agency")),
    Agency("Fars", ("FNA", "Fars News Agency", "FARS")),
    Agency("Mehr", ("MNA", "Mehr News Agency", "MEHR")),
    Agency("Tasnim", ("Tasnim News Agency", "TASNIM")),
    Agency("SANA", ("Syrian Arab News Agency",)),
    Agency("INA", ("Iraqi News Agency",)),
    Agency("Petra", ("PETRA", "Jordan News Agency")),
    Agency("NNA", ("National News Agency",)),
    Agency("WAFA", ("Wafa",)),
    Agency("Ma'an", ("Ma’an", "Ma'an News Agency", "Ma’an News Agency")),
    Agency("SPA", ("Saudi Press Agency",)),
    Agency("KUNA", ("Kuwait News Agency",)),
    Agency("QNA", ("Qatar News Agency",)),
    Agency("BNA", ("Bahrain News Agency",)),
    Agency("WAM", ("Emirates News Agency",)),
    Agency("ONA", ("Oman News Agency",)),
    Agency("SABA", ("Saba", "Yemen News Agency")),
    Agency("MENA", ("Middle East News Agency",)),
    Agency("MAP", ("Maghreb Arabe Presse", "Maghreb Arab Press")),
    Agency("APS", ("Algérie Presse Service", "Algeria Press Service")),
    Agency("TAP", ("Tunis Afrique Presse",)),
    Agency("LANA", ("Libyan News Agency",)),
    Agency("SUNA", ("Sudan News Agency",)),
    Agency("ENA", ("Ethiopian News Agency",)),
    Agency("SONNA", ("Somali National News Agency",)),
    Agency("NAN", ("News Agency of Nigeria",)),
    Agency("GNA", ("Ghana News Agency",)),
    Agency("KNA", ("Kenya News Agency",)),
    Agency("PANA", ("Panapress", "PANAPRESS")),
    Agency("APO", ("APO Group",)),
    Agency("Angop", ("ANGOP",)),
    Agency("ZIANA", ("New Ziana",)),
    Agency("African News Agency", ()),
    Agency("SAPA", ("Sapa", "South African Press Association")),
    # South and East Asia, Pacific
    Agency("PTI", ("Press Trust of India",)),
    Agency("ANI", ("Asian News International",)),
    Agency("IANS", ("Indo-Asian News Service", "Indo Asian News Service")),
    Agency("UNI", ("United News of India",)),
    Agency("APP", ("Associated Press of Pakistan",)),
    Agency("PPI", ("Pakistan Press International",)),
    Agency("Online", ("ONLINE", "Online International News Network")),
    Agency("Pajhwok", ("PAN", "Pajhwok Afghan News")),
    Agency("Bakhtar", ("BNA Bakhtar", "Bakhtar News Agency")),
    Agency("BSS", ("Bangladesh Sangbad Sangstha",)),
    Agency("UNB", ("United News of Bangladesh",)),
    Agency("RSS", ("Rastriya Samachar Samiti",)),
    Agency("Kyodo", ("KYODO", "Kyodo News", "KYODO NEWS")),
    Agency("Jiji", ("JIJI", "Jiji Press", "JIJI PRESS")),
    Agency("Yonhap", ("YONHAP", "Yonhap News Agency")),
    Agency("Newsis", ("NEWSIS",)),
    Agency("KCNA", ("Korean Central News Agency",)),
    Agency("CNA", ("Central News Agency", "Focus Taiwan")),
    Agency("China News Service", ("CNS", "ECNS")),
    Agency("Montsame", ("MONTSAME",)),
    Agency("VNA", ("Vietnam News Agency", "VNS")),
    Agency("KPL", ("Lao News Agency",)),
    Agency("AKP", ("Agence Kampuchea Presse",)),
    Agency("TNA", ("Thai News Agency",)),
    Agency("Bernama", ("BERNAMA",)),
    Agency("Antara", ("ANTARA", "ANTARA News")),
    Agency("PNA", ("Philippine News Agency",)),
    Agency("AAP", ("Australian Associated Press",)),
    Agency("NZPA", ("New Zealand Press Association",)),
    # the Americas
    Agency("CP", ("Canadian Press", "La Presse Canadienne", "THE CANADIAN PRESS", "CP NewsAlert")),
    Agency("Notimex", ("NOTIMEX",)),
    Agency("Prensa Latina", ("PL",)),
    Agency("ACN", ("Agencia Cubana de Noticias",)),
    Agency("Télam", ("Telam", "TELAM", "TÉLAM")),
    Agency("NA", ("Noticias Argentinas",)),
    Agency("Agência Brasil", ("ABr", "Agencia Brasil")),
    Agency("Agência Estado", ("Estadão Conteúdo", "Agencia Estado")),
    Agency("Colprensa", ("COLPRENSA",)),
    Agency("Andina", ("ANDINA",)),
    Agency("AVN", ("Agencia Venezolana de Noticias",)),
    Agency("ABI", ("Agencia Boliviana de Información",)),
    Agency("CMC", ("Caribbean Media Corporation",)),
    # supplied services of newspapers
    Agency("Tribune News Service", ("TNS", "McClatchy-Tribune", "MCT", "Tribune Content Agency")),
    Agency("New York Times News Service", ("NYT News Service", "N.Y. Times News Service")),
    Agency("Washington Post News Service", ("WP News Service",)),
    Agency("States Newsroom", ()),
    Agency("SWNS", ()),
)  # fmt: skip

#: Names that are ordinary words or initials of much else: a credit only in brackets or after a dash, never bare.
_WEAK = frozenset(
    [
        "Online",
        "ONLINE",
        "Trend",
        "Beta",
        "BETA",
        "NA",
        "PL",
        "PAN",
        "ANA",
        "MAP",
        "APS",
        "TAP",
        "CNS",
        "MIA",
        "TT",
        "AA",
        "RIA",
        "Petra",
        "Sputnik",
        "PA",
    ]
)

#: How far from the top and from the end of a report its credit stands, in lines that are not empty.
HEAD_LINES, TAIL_LINES = 8, 6

#: How many characters of a line hold a dateline, a byline, a closing line: longer ones are prose, and cost time.
_DATELINE, _BYLINE, _CLOSING = 120, 200, 500

_THE = r"(?:(?:[Tt]he|THE)\s+)?"
_DASH = r"[-\u2010-\u2015\u2212]"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|GEN|MAG|GIU|LUG|AGO|SET|OTT|DIC)[a-z]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:{_MONTH}\s+{_DAY}|{_DAY}\s+(?:{_MONTH}|(?:de\s+)?[a-zéû]{{3,10}}\.?))(?:,?\s+\d{{4}})?"
#: What may stand before the bracket: places and a date, and nothing that makes a sentence.
_PLACES = rf"(?P<place>(?:(?!The )[A-ZÀ-ÞĀ-Ž][\w.’'`-]*(?:(?:\s|,\s?|/|\s?{_DASH}+\s?)(?:{_DATE}|[A-ZÀ-ÞĀ-Ž\d][\w.’'`-]*|(?:of|the|and|de|la|del|el|al|am|an|der|on|upon|near|sur)\b))*)?)"  # noqa: E501


def _spellings(a: Agency) -> Iterator[str]:
    """Every form of `a`; names of several words in capitals too, as bylines and closing lines set them."""
    for form in (a.name, *a.forms):
        yield form
        if " " in form:
            yield form.upper()


def agency(name: str | None, agencies: Sequence[Agency] = AGENCIES) -> str | None:
    """The agency that `name` alone means, by the name its credits bear; None where it means none.

    >>> agency("The Associated Press"), agency("The Daily Gull")
    ('AP', None)
    """
    bare = re.sub(r"^(?:the|from)\s+", "", (name or "").strip(), flags=re.IGNORECASE).casefold()
    return next((a.name for a in agencies if any(bare == form.casefold() for form in (a.name, *a.forms))), None)


def credit(text: str, byline: str | None = None, agencies: Sequence[Agency] = AGENCIES) -> str | None:
    """The news agency that the whole of `text` is credited to, by its short name, or None.

    The dateline decides before the byline, and the byline before the closing lines: a paper's own byline may stand over a wire's text.

    >>> credit("SALTMOUTH, Jan 3 (Reuters) - Two ferries collided.")
    'Reuters'
    >>> credit("Two ferries collided, a witness told Reuters.") is None
    True
    """
    known = _forms(tuple(agencies))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    head, tail = lines[:HEAD_LINES], lines[-TAIL_LINES:]
    found = (
        next((a for line in head if (a := _dateline(line, known))), None)
        or (_in_byline(byline, known) if byline else None)
        or next((a for line in head if (a := _head_line(line, known))), None)
    )
    return found or next((a for line in reversed(tail) if (a := _closing(line, known))), None)


def datelines(text: str, agencies: Sequence[Agency] = AGENCIES) -> Iterator[tuple[int, str]]:
    r"""Where a line anywhere in `text` opens with an agency's dateline, and whose: a report stitched from agencies has several.

    >>> list(datelines("SALTMOUTH (AP) — One.\nGULL BAY (AFP) — Two."))
    [(0, 'AP'), (22, 'AFP')]
    """
    known = _forms(tuple(agencies))
    for line in re.finditer(r"[^\n\r]+", text):
        bare = line.group().lstrip()
        if found := _dateline(bare, known):
            yield line.end() - len(bare), found


class _Forms:
    """The agencies' forms as one pattern (longest first), and which agency each form means."""

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self.names = {form: a.name for a in reversed(agencies) for form in _spellings(a)}
        ranked = sorted(self.names, key=lambda form: (-len(form), form))
        self.any = "|".join(map(re.escape, ranked))
        self.strong = "|".join(re.escape(form) for form in ranked if form not in _WEAK)
        partner = rf"(?:(?:\s*[/,&+]\s*|\s+via\s+|\s+{_DASH}\s+)[\w.’' -]{{2,30}})?"  # (AP/a broadcaster)
        one = rf"{_THE}(?P<agency>{self.any}){partner}"
        bare = rf"{_THE}(?P<agency>{self.strong}){partner}"
        any_ = rf"{_THE}(?P<agency>{self.any})"
        desk = r"(?:[/ ][A-Z]{2,4}){0,4}"  # the initials that close a file: PTI OB TR
        dash = rf"\s*\.?\s*(?:{_DASH}+|:|$)"
        self.dateline = tuple(
            re.compile(p)
            for p in (
                rf"{_PLACES}\s*[:,.]?\s*{_DASH}*\s*[(\[]{one}[)\]]{dash}",  # TOWN, Jan 3 (AP) —
                rf"{_PLACES}(?<=[\d.])\s*[(\[]{one}[)\]]\s",  # Town, Jan 3 (PTI) The …
                rf"{_PLACES}[\s.,]*/{one}/",  # TOWN, January 3. /TASS/.
                rf"{_PLACES},\s+{bare}\s*{_DASH}+\s",  # Town, Jan 3, IRNA –
                rf"{bare},?\s+[A-ZÀ-ÞĀ-Ž][\w.’' ,-]{{1,40}}\s*{_DASH}{{1,2}}\s",  # AP, TOWN —
                rf"{bare}\s*{_DASH}+\s",  # AFP -
            )
        )  # fmt: skip
        writer = (
            r"(?:\s+(?:[A-Z][\w-]+\s+){0,2}"
            r"(?:[Ww]riters?|[Cc]orrespondents?|[Rr]eporters?|[Ee]ditors?|(?:[Ff]oreign )?[Ss]taff(?: [Ww]riters?)?))?"
        )
        self.under_heading = re.compile(
            rf"(?:[Ff]rom\s+|[Ss]ource:?\s+|[Vv]ia\s+)?{_THE}(?P<agency>{self.strong}){writer}[^\w:.]*$"
        )
        self.byline = re.compile(rf"(?<![\w.’'-])(?P<agency>{self.any})(?![\w’'-])")
        years = rf"(?:\d{{4}}(?:{_DASH}\d{{4}})?)?"
        self.copyright = re.compile(rf"(?i:copyright|©|\(c\))[\s©]*(?:\([Cc]\))?\s*{years},?\s*(?:by\s+)?{any_}\b")
        after = r"[.!?…]['\"”’»)]*"
        self.signed = re.compile(rf"(?:^|{after}\s*)(?:{_DASH}+\s*|\(\s*){any_}{desk}\s*\)?[^\w:\]]*$")
        self.bare_close = re.compile(
            rf"(?:^(?:[Ss]ource:?\s+)?(?:[Tt]he\s+)?|{after}\s+)(?P<agency>{self.strong}){desk}$"
        )
        self.reported_for = re.compile(rf"(?:[Rr]eporting|[Ww]ritten|[Ee]diting) (?:by|from)\b[^.]*?\bfor {any_}\b")
        made = r"(?:published|produced|written|provided|supplied|distributed|reported|released)"
        self.published_by = re.compile(
            r"^\W*(?:[Tt]his|[Tt]he) (?:article|story|report|piece|text)\b[^.]*?"
            rf"\b{made}\b[^.]*?\b(?:by|on|from) {any_}\b"
        )


@functools.lru_cache(maxsize=8)
def _forms(agencies: tuple[Agency, ...]) -> _Forms:
    return _Forms(agencies)


def _dateline(line: str, known: _Forms) -> str | None:
    for pattern in known.dateline:
        if (m := pattern.match(line[:_DATELINE])) and not _abbreviates(m["agency"], m.groupdict().get("place") or ""):
            return known.names[m["agency"]]
    return None


def _abbreviates(form: str, words: str) -> bool:
    """Whether the bracket only shortens the words before it: "Harbour Pilots' Association (HPA) — …"."""
    initials = "".join(word[0] for word in re.findall(r"\w+", words) if word[0].isupper())
    return len(form) > 1 and initials.endswith(form.upper()) and " " in words.strip()


def _in_byline(byline: str, known: _Forms) -> str | None:
    found = [m["agency"] for m in known.byline.finditer(byline[:_BYLINE])]
    return known.names[found[-1]] if found else None  # the agency stands after the name


def _head_line(line: str, known: _Forms) -> str | None:
    """The credit of a line under the heading: a byline, or a line that is nothing but the agency."""
    if m := known.under_heading.match(line[: _BYLINE + 1]):
        return known.names[m["agency"]]
    if re.match(r"(?:By|BY)\s", line) and len(line) < _BYLINE and not re.search(r"[.!?]\s+[A-Z]\w+\s\w+\s\w+", line):
        return _in_byline(line, known)
    return None


def _closing(line: str, known: _Forms) -> str | None:
    """The credit of a closing line; a line that says who contributed credits a part only."""
    line = line[-_CLOSING:]
    if (
        re.search(r"\bcontribut\w+\b|\bwith (?:reporting|inputs?|additional|files|agenc)", line, re.IGNORECASE)
        and "opyright" not in line
    ):
        return None
    for pattern in (known.copyright, known.signed, known.bare_close, known.reported_for, known.published_by):
        if m := pattern.search(line):
            return known.names[m["agency"]]
    # Reuters signs its files "(Reporting by …; Editing by …)"; no other agency has that form.
    if re.search(
        r"\((?:Additional )?(?:Reporting|Writing) by [^()]+;\s*(?:[^()]*;\s*)?Editing by [^()]+\)", line, re.IGNORECASE
    ):
        return known.names.get("Reuters")
    return None

"""What a page puts around and into an article that is no part of the report: furniture, evidence of nothing.

Everything works line by line: a line may be furniture as a whole ("Share this article"), or begin with it (a dateline), or
end in it ("… he said. See also: The flood in pictures"). The rules are those of page templates and style guides in English,
listed once below. They prefer silence: furniture that is missed costs a weak claim, a false mark loses evidence. So a rule
for whole lines holds only for lines that have the form from the first word to the last, and headlines and corrections are
never marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from twosource.model import Report, Span
from twosource.sources.dateline import DASH, MONTH, WEEKDAY, YEAR, dateline

#: A whole line of furniture is short; what is longer is prose, whatever it begins with.
_LINE = 320

#: What stands before the first sentence of a line stands within this many characters.
_BEGINNING = 140

#: Where a byline or a bare date may stand: lines from the top, and from the end, that hold text.
_TOP, _END = 10, 4

#: The share of lines that end with a stop from which a text is one that puts them.
_STOPPED = 0.7

_LINES = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "\xa0": " ", "\u202f": " ", "\u2009": " ", "‐": "-", "‑": "-"})

# --- dates and times as pages print them ---------------------------------------------------------------------------------------

_DAY_OF_MONTH = r"[0-3]?\d(?:st|nd|rd|th)?"
_CLOCK = r"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?::[0-5]\d)?\s*(?:[ap]\.?m\.?)?|(?:1[0-2]|0?[1-9])\s*[ap]\.?m\.?"
_ZONE = r"(?:GMT|UTC|BST|CES?T|EES?T|E[DS]?T|C[DS]T|M[DS]T|P[DS]?T|AE[DS]T|IST|JST|MSK|WAT|EAT|SAST)(?:\s*[+-]\s*\d{1,2}(?::?\d\d)?)?|Z"
_FULL_DATE = (
    rf"{MONTH}\s*{_DAY_OF_MONTH}\s*[,-]?\s*{YEAR}|{_DAY_OF_MONTH}(?:\s+of)?[\s-]+{MONTH}[,\s-]+{YEAR}|{YEAR}-\d\d-\d\d"
    rf"|\d{{1,2}}([/.-])\d{{1,2}}\1(?:{YEAR}|\d\d)|{YEAR}([/.])\d{{1,2}}\2\d{{1,2}}|{MONTH}\s+{YEAR}"
)
_SHORT_DATE = rf"{MONTH}\s*{_DAY_OF_MONTH}|{_DAY_OF_MONTH}\s+{MONTH}|{WEEKDAY}"
_AGO = r"(?:\d{1,3}|an?|one|two|three|few)\s+(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?\s+ago|(?:yesterday|today|just now)"
_STAMP_LABEL = (
    r"(?:(?:first|last|originally|story|article|page)\s+)?(?:published|posted|updated|modified|created|revised|filed|issued|released"
    r"|reviewed)"
    r"(?:\s+(?:on|at|by))?|(?:last\s+)?(?:update|modified)|date(?:\s+(?:published|posted))?|(?:publication|release)\s+date"
    r"|published\s+online"
)
_GLUE = r"(?:[\s,;:|·•/()\[\]–—-]|\b(?:at|on|and|the|of|local time|am|pm)\b)"


def _numbered(pattern: str, name: str) -> str:
    """`pattern` with its two back references renamed, since it stands in more than one place of a pattern."""
    return (
        pattern.replace(r"([/.-])", f"(?P<{name}a>[/.-])").replace(r"\1", f"(?P={name}a)")
        .replace(r"([/.])", f"(?P<{name}b>[/.])").replace(r"\2", f"(?P={name}b)")
    )  # fmt: skip


_STAMP_PARTS = re.compile(
    rf"(?P<label>\b(?:{_STAMP_LABEL})\b)|(?P<full>\b(?:{_numbered(_FULL_DATE, 'f')})(?:T[\d:.]+)?(?!\w))|(?P<clock>\b(?:{_CLOCK})(?!\w))"
    rf"|(?P<ago>\b(?:{_AGO})\b)|(?P<short>\b(?:{_SHORT_DATE})(?!\w))|(?P<zone>(?<![A-Za-z])(?:{_ZONE})\b)|(?P<glue>{_GLUE})",
    re.IGNORECASE,
)

# --- names as bylines and datelines print them ---------------------------------------------------------------------------------

_NAME = r"(?:[A-Z][\w'.-]*|d[aeiu]|de la|von|van|der|den|bin|ibn|al|el|le|la|y|du)"
_FULL_NAME = rf"[A-Z][\w'.-]*(?:\s+{_NAME}){{1,4}}"
_NAMES = rf"{_FULL_NAME}(?:\s*(?:,|&|\band\b|,\s*and\b)\s*{_FULL_NAME})*"
_POST = (
    r"(?:staff|senior|chief|special|foreign|political|national|business|science|health|deputy|managing|associate|contributing"
    r"|correspondent|reporter|writer|editor|columnist|bureau|producer|press|news|service|in|at|for|of|the|and)"
)
#: Words that stand in headlines and never in names.
_NOT_NAMES = re.compile(
    rf"\b(?:land|sea|air|night|day|numbers?|law|force|mistake|order|request|{WEEKDAY}|{MONTH}|the|this|that|then|now|all|some|any|far|way"
    r"|most|next|last|half|two|three|four|five|six|seven|eight|nine|ten|noon|midnight|dawn|dusk|to|from|or|with|without|its|their|his"
    r"|her|our|an?|no|not|every|each)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    rf"(?:(?:Written|Reported|Story|Words|Text|Posted|Published|Report)\s+)?(?:[Bb][Yy]|[Pp]ar):?\s+(?P<who>{_NAMES}"
    rf"|[A-Z][A-Z'.-]+(?:\s+(?:AND\s+)?[A-Z][A-Z'.-]+)+)"
    rf"(?:\s*[,|·•–—/-]\s*|\s+)?(?>(?:(?<!\w)(?:[A-Z][\w'.&-]*+|{_POST}\b)[\s,|·•/]*+)*)"
)
_BY_WHOM = re.compile(rf"(?:^|(?<=\s))[Bb]y {_NAMES}")
_AGENCY_BYLINE = re.compile(
    r"(?:By|BY|From|FROM)\s+(?:The\s+|THE\s+)?[A-Z][\w'.&-]*(?:\s+[A-Z][\w'.&-]*){0,4}\s+(?:Press|PRESS|Agency|AGENCY|Staff|STAFF|News"
    r"|NEWS|Desk|DESK|Correspondents?"
    r"|Reporters?|Writers?|Service|Bureau|staff|reporters?|correspondents?|and agencies|agencies)(?:\s+(?:Agency|Service|Writers?"
    r"|Report(?:ers?)?|Desk|and agencies))?"
    r"|(?:By|BY)\s+(?:Staff|STAFF|News|NEWS|Our|OUR)\b(?:\s+(?:and|AND|[A-Z][\w']*|agencies|reporters?|correspondents?|wire)){1,5}"
    r"|(?:By\s+)?(?:Reuters|AFP|AP|UPI|dpa|DPA|Xinhua|Bloomberg|EFE|ANSA|TASS|Interfax|PTI|ANI|Kyodo|Yonhap|CNN|Agencies)(?:\s*(?:[/,&]"
    r"|\band\b)\s*(?:Reuters|AFP|AP|UPI|dpa|DPA|Agencies|agencies))*"
)
_UPDATE = re.compile(
    rf"(?:UPDATED?|Updated?|LATEST|BREAKING)\s*+(?:\(?+(?>(?:at|on|as of)?)\s*+(?>(?:{_numbered(_FULL_DATE, 'u')}|{_SHORT_DATE}|{_CLOCK}|\s"
    rf"|,|{_ZONE})*)\)?+\s*+)(?:{DASH}|:|\|)(?=\s|$)"
)

# --- whole lines ---------------------------------------------------------------------------------------------------------------

_SITES = (
    r"(?:Facebook|Twitter|X|Instagram|LinkedIn|WhatsApp|Telegram|YouTube|TikTok|Reddit|Pinterest|Threads|Bluesky|Mastodon|Flipboard"
    r"|Tumblr|Messenger"
    r"|Viber|Line|VK|Google News|Google|Apple News|RSS|SMS|E-?mail|Print|Copy link|Link|Share|Tweet|Save|Bookmark|Pin|Post|Like"
    r"|Comments?|More|Send|Snapchat)"
)
_THING = r"(?:story|article|report|post|page|piece|item|column|video|news)"
_LABEL = (
    r"(?:see also|read more|read also|also read|read next|read on|read|related(?:\s+(?:stor(?:y|ies)|articles?|news|content|coverage"
    r"|links?|topics?|posts?|reading|video))?"
    r"|also see|more(?:\s+on this(?:\s+(?:story|topic))?)?|watch(?:\s+(?:now|live|also|more))?|listen|in pictures|in photos|gallery"
    r"|photos|pictures|video|videos"
    r"|recommended(?:\s+(?:reading|for you))?|further reading|don't miss|must read|you may also like|full (?:story|coverage)|live updates?)"
)
#: Headings over lists of other articles: the short lines that follow are those articles.
_LIST_HEADING = re.compile(
    r"(?:see also|related|(?:related|recommended|latest|top|more|popular|trending|other)\s+(?:stories|articles|news|coverage|content"
    r"|posts|headlines|reading|links|topics|videos)"
    r"|more (?:on this(?: story| topic)?|from [\w' ]{2,40}|like this|in [A-Z][\w' ]{2,30})|you (?:may|might)(?: also)? (?:like"
    r"|be interested in)|recommended(?: for you)?"
    r"|most (?:read|popular|viewed|shared|watched|commented)|trending(?: now)?|editors?'?s?'? picks?|further reading|read (?:also|next)"
    r"|also read|what to read next|elsewhere on the web|around the web|from the web"
    r"|(?:sponsored|promoted) (?:stories|content|links))\s*[:»>…]?",
    re.IGNORECASE,
)

_WHOLE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # other articles
        rf"{_LABEL}\s*[:|»>]\s*\S.{{0,200}}",
        r"(?:read|find out|learn|see|hear|view|discover) more(?:\b[^.!?]{0,120})?[.!…»>]*",
        r"(?:click|tap) (?:here|on|to|the (?:link|button|image|picture|photo))\b.{0,160}|press (?:here|the button)\b.{0,80}",
        r"(?:read|see|view|watch|listen to) (?:the|our|his|her|their|its) (?:full|complete|latest|entire|original|live"
        r"|previous)\b[^.!?]{0,120}[.!…:]?",
        r"(?:continue|keep) reading\b.{0,80}|(?:full|next|previous|back to) (?:story|article|top|page|home)(?: ?page)?[.:»>! ]*",
        r"for more (?:on|about|information|news|stories|details)\b.{0,80}\b(?:visit|click|see|sign up|go to|follow|read)\b.{0,120}",
        # sharing and comments
        rf"(?:{_SITES}(?>(?:[\s,|·•/]|(?<=\s)(?:on|via|by|with|to)(?=\s))*))+",
        rf"(?:share|tweet|e-?mail|print|save|bookmark|forward|send)(?:\s+(?:this|the|on|via|with|to|by|a))+\s*(?:{_THING}|friends?"
        rf"|{_SITES}|[\s,|·•/&]|and|on|via|by|with|to)*[.:!]?",
        r"(?:view |show |read |see |leave |post |add |write |all )?(?:a |the |your |\(?\d[\d,.]*\)? )?(?:comments?|repl(?:y|ies)|shares?"
        r"|likes?|views?|reactions?)(?:\s*[(:]?\s*\d[\d,.]*k?\s*\)?)?",
        r"(?:comments are (?:closed|off|disabled)|(?:log|sign) in to (?:comment|reply|continue|read)|join the (?:conversation"
        r"|discussion)|have your say|what do you think\?"
        r"|no comments(?: yet)?|be the first to comment)\b.{0,120}",
        # advertisements
        r"[\[(*–—-]*\s*(?:advertisement|advertising|ad|advert|sponsored(?: (?:content|post|by\b.{0,50}))?|paid (?:content|post"
        r"|partnership)|promoted|ads by google)\s*[\])*–—-]*(?:\s*[–—:-]?\s*(?:continue reading below|scroll(?: down)? to continue"
        r"|story continues below|skip))?",
        rf"[\[(–—-]*\s*(?:{_THING} continues (?:below|after)|scroll(?: down)? (?:to|for) (?:continue|more|read)"
        rf"|skip (?:past )?(?:advertisement|ad|to|newsletter|main|past)|please (?:scroll|continue))\b.{{0,80}}",
        # newsletters, subscriptions, applications
        r"(?:sign up|subscribe|register) (?:for|to|and|with|via|on|by|here|at|now)\b.{0,200}",
        r"(?:get|receive|join|enter|download|unlock|enjoy|start|try|add|create) (?:our|the|your|a|an|us|daily|free|breaking|unlimited"
        r"|all|more|updates)\b(?=.{0,140}\b(?:newsletters?|inbox|alerts?|subscription|"
        r"podcast|app|account|free trial|unlimited|digital access|notifications|whatsapp|telegram|e-?mail(?: address)?)\b).{0,200}",
        r"support (?:our|independent|local|quality|free)\b.{0,40}\b(?:journalism|journalists|reporting|newsroom|news)\b.{0,120}"
        r"|become a (?:member|subscriber|supporter|patron)\b.{0,120}",
        r"(?:subscribe|sign up|log in|sign in|register)(?: (?:now|today|here|free|for free))?[.!]?|already (?:a subscriber|a member"
        r"|registered|have an account)\b.{0,60}",
        r"(?:by (?:signing up|subscribing|clicking|submitting|continuing|registering|providing)\b.{0,60}\byou\b|you can unsubscribe"
        r"|thank you for (?:signing up|subscribing|reading|registering)|please enter a valid|"
        r"this newsletter|our newsletter|sent (?:daily|weekly)|delivered to your inbox|the .{2,40} delivered to your inbox|never miss a"
        r"|want more\b).{0,200}",
        # following, reaching
        r"(?:follow|like|find|join|watch|add|connect with) (?:us|me|@\w+|our (?:page|channel|coverage|account|feed|team|reporters?"
        r"|correspondents?)) (?:on|via|at|in)\b.{0,120}",
        r"follow (?:us|@\w+)\b.{0,80}|follow the author\b.{0,80}",
        r"(?:contact|reach|e-?mail|write to|get in touch with)\b.{0,80}[\w.+-]+@[\w-]+\.\w+\.?|(?:e-?mail|contact|twitter|tel|phone|fax"
        r"|web(?:site)?)\s*:\s*\S{2,60}|[\w.+-]+@[\w-]+(?:\.\w+)+|@\w{2,30}|(?:https?://|www\.)\S+",
        r"(?:do you have|have you got|got) (?:a|any) (?:story|tips?|news|question|information|photos?)\b.{0,200}",
        # copyright
        r"(?:©|\(c\)|&copy;|copyright\b(?=.{0,12}(?:©|\(c\)|\d{4}|by\b))).{0,300}|(?:.{0,120}[.,]\s*)?all rights reserved\b.{0,200}",
        r"this (?:material|content|story|article) (?:may not|is subject to|is copyright|is published under|was produced)\b.{0,250}",
        # notes of the desk, which say nothing of the event; a correction does and is not among them
        rf"(?:editor'?s?'? note:?\s*)?(?:this|the) (?:is a )?(?:(?:breaking|developing)(?: news)? )?{_THING}(?: (?:has been|was|is being"
        rf"|will be|is))+ (?:(?:first|originally|last|also) )?"
        r"(?:updated?|published|posted|edited by .{2,60}|produced by .{2,60}|developing|breaking|syndicated|generated"
        r"|translated)(?! to (?:correct|reflect|clarify))\b.{0,160}",
        r"this is a (?:breaking|developing)(?: news)? (?:story|event)\b.{0,160}|(?:more (?:details|information)|updates?) (?:to follow"
        r"|soon|to come|as (?:we|they))\b.{0,60}|more to (?:follow|come)\.?|check back (?:soon|for updates)\b.{0,60}",
        r"[\[(]?\s*(?:(?:additional |with )?reporting(?: by| from|:)|(?:writing|editing|edited|compiled|translated|produced|photography"
        r"|graphics)(?: by|:))\s.{2,200}",
        rf"[\[(–—-]*\s*(?:contributing|contributors?)(?: to this {_THING})?\s*:.{{2,160}}|.{{3,140}}\bcontributed (?:to (?:this"
        rf"|the) {_THING}|reporting|writing)(?: from [\w ,.]{{2,60}})?[.)\]]*",
        # pictures
        r"(?:image|media|video|picture|photo) (?:caption|source|credit|copyright)\b.{0,250}|caption\s*:.{0,250}",
        r"[\[(]?\s*(?:file )?(?:photo(?:graph|s|graphy)?|image|picture|pic|illustration|graphic|video|map|cover image|main image"
        r"|featured image|top image)s?(?: credits?| courtesy| source| copyright| by)?\s*(?::|\bcourtesy of\b|/)\s*.{2,160}",
        r"(?:credits?|source|courtesy)\s*:\s*[^.!?]{2,90}[.)]?",
        r"(?:file(?: photo)?|file image|file picture|file pic|handout)\s*(?:[:–—-]|--)\s.{0,300}",
        r"(?:(?:world|aerial|satellite|file|locator|street) )?(?:map|photo(?:graph)?|picture|image|graphic|chart|diagram|view"
        r"|illustration|screenshot|screengrab|screen grab|footage|portrait) of [^.!?:]{3,120}:\s\S.{0,200}",
        r".{10,300}[\[(](?:(?:AP|AFP|EPA|EFE|Reuters|Getty|PA|CP|UPI)\b[^()\[\]]{0,20}\b(?:photo|images?|picture)\b|(?:file )?(?:photo"
        r"|image|picture|photograph)(?: credit| courtesy)?\s*(?::|by\b|courtesy|/)|via (?:AP|AFP|Reuters|Getty))[^()\[\]]{0,80}[\])]\.?",
        r"(?:[A-Z][\w'.-]+(?: [A-Z][\w'.-]+){0,3}\s*/\s*)?(?:AP|AFP|EPA|Reuters|PA|Getty(?: Images)?|Shutterstock|Alamy|iStock|AP Photo"
        r"|Getty Images/\w+)(?:\s*(?:[/|]|via)\s*(?:AP|AFP|EPA|Reuters|PA|Getty(?: Images)?|Shutterstock|Alamy"
        r"|[A-Z][\w'.-]+(?: [A-Z][\w'.-]+){0,3}))+",
        r"getty images|shutterstock|alamy|ap photo|(?:hide|show|toggle|view|open|close) (?:caption|gallery|slideshow|image|full ?screen"
        r"|images)\b.{0,40}|\d+ (?:of|/) \d+(?: (?:photos?|images?))?|\d{1,3} (?:photos|images|pictures)",
        # the page itself
        r"(?:listen|play|watch|pause|mute|loading|close|menu|search|home|sections?|topics?|tags?|advertise|skip|share|subscribe|next"
        r"|previous|back|print|login|log in|register|newsletter|live|exclusive|breaking news|read|comments?)\s*[.…:»>!]*",
        r"(?:listen to|play|watch) (?:this|the) (?:article|story|audio|video|episode)\b.{0,60}|(?:\d{1,3}|one|two|three|four"
        r"|five)[- ]?min(?:ute)?s?\.? (?:read|listen|watch)\b.{0,20}|reading time\b.{0,30}|estimated reading time\b.{0,30}",
        r"(?:tags?|topics?|filed under|keywords|categor(?:y|ies)|labels|posted in|categorized|more about|section)\s*:\s*.{1,200}"
        r"|home\s*[>»/›|].{1,120}",
        r"(?:we use|this (?:web)?site uses|by using this (?:web)?site|accept (?:all )?|manage )\s*cookies?\b.{0,200}|cookie (?:policy"
        r"|settings|preferences)\b.{0,60}|(?:please )?enable javascript\b.{0,120}|(?:terms|privacy) (?:of (?:use|service)|policy|notice"
        r"|(?:and|&) (?:conditions|terms|privacy))\b.{0,60}|"
        r"your browser (?:does not|doesn't)\b.{0,120}|(?:an error occurred|something went wrong)\b.{0,80}",
    )
)  # fmt: skip

#: Lines of names, where capitals tell.
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[\[(]?\s*(?:(?i:(?:file )?(?:photo(?:graph|s|graphs|graphy)?|pictures?|images?|illustrations?|graphics?"
        rf"|video))) (?i:by) {_NAMES}(?:\s*(?:[/,|]|for|via|of)\s*(?:the |The )?[A-Z][\w'. -]{{1,40}})?[.)\]]*",
        rf"{_NAMES}\s*[/|]\s*(?:AP|AFP|EPA|PA|UPI|REUTERS|Reuters|Bloomberg|Xinhua|Getty(?: Images)?"
        r"|Shutterstock|Alamy|Pool|Handout)(?: Photo)?",
        rf"Follow {_NAMES}(?:,? (?:[Oo]n|via|at|and) (?:her |his |their )?(?:@\w+|[A-Z][\w.]+|social media|@\S+))(?:[ ,.:;]*(?:@\w+"
        rf"|and on [A-Z]\w+|for (?:more|updates).{{0,60}}))*[.:]?.{{0,60}}",
        rf"{_NAMES}(?:,? (?:in|of) [A-Z][\w ,.]{{2,40}},?)? contributed[.)\]]*",
    )
)

# --- the end of a line -----------------------------------------------------------------------------------------------------------

#: After the end of a sentence: a teaser, a picture's credit, the desk's credits.
_TAIL = re.compile(
    r"(?<=[.!?…\"”'’)\]])\s*(?P<teaser>(?:(?:See also|Read more|Read also|Also read|Also see|Read next|Related(?: (?:stor(?:y|ies)"
    r"|articles?|news))?|More on this(?: story)?|Recommended)\s*:|(?:SEE ALSO|READ MORE|READ ALSO|ALSO READ|RELATED|WATCH|READ)\s*[:"
    r"|])\s*\S)"
    r"|(?<=[.!?…\"”'’)\]])\s+(?P<credit>(?:Photo(?:graph)?|Image|Picture|File photo|Photo credit|Image credit)\s*:\s*[A-Z][^.!?]{2,80}\.?$)"
    r"|(?<=[.!?…\"”'’)\]])\s*(?P<desk>[\[(](?:Additional reporting|Reporting|Writing|Editing|With reporting|Edited|Compiled) (?:by"
    r"|from)\s[^()\[\]]{2,240}[\])]\.?\s*$)"
    r"|(?<=[.!?…\"”'’)\]])\s+(?P<desk2>(?:Reporting|Additional reporting|Writing|Editing) by\s[A-Z][^()\[\]]{2,200}$)"
    r"|(?<=[.!?…\"”'’)\]])\s+(?P<copyright>(?:©|Copyright\s+(?:©|\(c\)|\d{4})).{2,160}$)"
)  # fmt: skip
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)]*\s+(?=[\"“‘'A-ZÀ-ÖØ-Þ0-9])")


def furniture(report: Report) -> tuple[Span, ...]:
    r"""The places in `report` that are page furniture, in the order of the text; they do not overlap.

    >>> from twosource.model import Report
    >>> text = "By Ana Roe\nTwo were hurt, police said. See also: The quay in pictures\nShare this article"
    >>> [span.exact for span in furniture(Report("r1", "a.txt", text, "", "", "text/1"))]
    ['By Ana Roe', 'See also: The quay in pictures', 'Share this article']
    """
    return tuple(report.span(start, end) for start, end in _places(report) if start < end)


def _places(report: Report) -> Iterator[tuple[int, int]]:
    lines = [(start, end) for start, end in _lines(report.text) if start < end]
    title = _key(report.title)
    byline = _key(report.byline)
    in_list = 0
    unstopped = _unstopped(report.text, lines)
    for number, (start, end) in enumerate(lines):
        line = report.text[start:end].translate(_PLAIN)
        if title and _key(line) == title:
            in_list = 0
            continue
        at_edge = number < _TOP or number >= len(lines) - _END
        bullet = re.match(r"[•·▪◦*►▶»>–—-]+\s*", line)
        bare = line[bullet.end() :] if bullet else line
        if len(line) <= _LINE:
            if _LIST_HEADING.fullmatch(bare):
                in_list = 8
                yield start, end
                continue
            if in_list and _is_teaser(bare) and report.text.count("\n", lines[number - 1][1], start) <= 2:
                in_list -= 1
                yield start, end
                continue
            in_list = 0
            if _is_whole(bare, at_edge) or (byline and at_edge and _key(line) in {byline, "by " + byline}):
                yield start, end
                continue
        in_list = 0
        if number in unstopped:
            yield start, end
            continue
        yield from _parts(line, start, end)


def _unstopped(text: str, lines: list[tuple[int, int]]) -> frozenset[int]:
    """Which lines are crossheads and captions: inside a text that puts stops to its sentences, short lines without one.

    They repeat or tease what the paragraphs say, and so are evidence of nothing. Headlines stand above the first such sentence, and
    a text without stops (a list, a transcript, bad OCR) has no lines of this kind.
    """
    stopped = [
        n for n, (start, end) in enumerate(lines) if text[start:end].rstrip("\"'”’»)]")[-1:] in {".", "!", "?", "…"}
    ]
    if len(stopped) < _STOPPED * len(lines) or len(stopped) < 4:
        return frozenset()
    inside = range(stopped[0] + 1, stopped[-1])
    return frozenset(
        n
        for n in inside
        if lines[n][1] - lines[n][0] <= _BEGINNING and text[lines[n][1] - 1].isalnum() and text[lines[n][0]].isupper()
    )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each line starts and ends, without the white space around it."""
    for found in _LINES.finditer(text):
        start, end = found.span()
        line = found[0]
        yield start + len(line) - len(line.lstrip()), end - len(line) + len(line.rstrip())


def _key(line: str | None) -> str:
    return " ".join(re.findall(r"\w+", line.lower())) if line else ""


def _is_whole(line: str, at_edge: bool) -> bool:
    """Whether the whole of `line` is furniture. `at_edge`: it stands among the first or the last lines."""
    if _is_stamp(line, at_edge) or any(rule.fullmatch(line) for rule in _WHOLE + _NAMED):
        return True
    return at_edge and _is_byline(line)


def _is_byline(line: str) -> bool:
    if len(line) > 140:
        return False
    if _AGENCY_BYLINE.fullmatch(line):
        return True
    found = _BYLINE.fullmatch(line)
    return found is not None and not _NOT_NAMES.search(found["who"])


def _is_stamp(line: str, at_edge: bool) -> bool:
    """Whether `line` is nothing but when it was published: a date or a time, with or without a label."""
    if len(line) > 140:
        return False
    line = _BY_WHOM.sub(" ", line)
    at = 0
    seen: set[str] = set()
    while at < len(line):
        found = _STAMP_PARTS.match(line, at)
        if not found or found.end() == at:
            return False
        seen |= {name for name in ("label", "full", "clock", "ago", "short") if found[name]}
        at = found.end()
    if "label" in seen:
        return bool(seen & {"full", "clock", "ago", "short"})
    return bool(seen & {"full", "clock"}) or (at_edge and bool(seen & {"ago", "short"}))


def _is_teaser(line: str) -> bool:
    """Whether `line`, under a heading such as "Related stories", is the headline of another article."""
    return len(line) <= 140 and not re.search(r"[.!…:;,]['\"”]*$", line) and not line.startswith(('"', "“"))


def _parts(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The furniture at the beginning and at the end of a line of prose."""
    at = dateline(line)
    if not at and (label := _UPDATE.match(line[:_BEGINNING])):
        at = label.end()
    if at:
        yield start, start + at
    while found := _TAIL.search(line, at):
        group = found.lastgroup or ""
        first = found.start(group)
        last = len(line)
        if group == "teaser" and (stop := _SENTENCE_END.search(line, found.end())):
            # Prose goes on behind the teaser's title: what cannot be told apart stays evidence.
            last = stop.start() + len(stop[0].rstrip())
        yield start + first, start + last
        at = last
        if at >= len(line):
            return

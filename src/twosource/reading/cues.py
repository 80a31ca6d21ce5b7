"""The words that attribute: verbs, nouns and adjectives of speech, thought and showing, each with the frames it takes.

A frame is the shape of what a cue attributes, as a reference grammar lists complementation: *that* (a finite clause, with or
without "that"; a question), *quote* (direct speech), *to* (an infinitive of the speaker's own: "vowed to leave"), *ask* (someone else's:
"urged them to leave"), *ing* ("denied leaving"), *thing* (a noun phrase: "denied the charge"), *small* (an object and what is said of
it: "called it a mistake", "described it as unfair"), and *on:x*, what stands after the preposition x ("warned of floods").

With its frame a cue says how its holder stands to what it attributes: the polarity is "denied" for deny, dismiss, refute; the
modality is "demanded" for urge and call on, "planned" for vow and promise, "possible" for expect, suspect, fear. "Agree that" only
says so, "agree to" plans; "told that" reports, "told to" demands. The groups are those of the speech-act and
propositional-attitude verbs of English; they are general, and no entry was made for one story.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from twosource.model import Modality, Polarity

Act = Literal["speech", "thought", "show"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that attributes: whether it is speech, thought or showing, and for each of its frames the holder's stand."""

    lemma: str
    act: Act
    stands: Mapping[str, tuple[Polarity, Modality]]

    def takes(self, frame: str) -> bool:
        """Whether the word takes `frame`.

        >>> VERBS["urge"].takes("ask"), VERBS["say"].takes("ask")
        (True, False)
        """
        return frame in self.stands


def _lexicon(*groups: tuple[Act, Polarity, Modality, str, str]) -> dict[str, Cue]:
    """Cues out of groups of (act, polarity, modality, frames, lemmas).

    What stands in several groups takes the frames of all: the first that has a word decides on its act, the first that has
    its frame on the stand.
    """
    acts: dict[str, Act] = {}
    stands: dict[str, dict[str, tuple[Polarity, Modality]]] = {}
    for act, polarity, modality, frames, lemmas in groups:
        for lemma in lemmas.split():
            acts.setdefault(lemma, act)
            for frame in frames.split():
                stands.setdefault(lemma, {}).setdefault(frame, (polarity, modality))
    return {lemma: Cue(lemma, acts[lemma], MappingProxyType(stands[lemma])) for lemma in acts}


VERBS: dict[str, Cue] = _lexicon(
    # saying, plainly: they take a clause and direct speech
    ("speech", "asserted", "happened", "that quote thing", "say state declare announce report note remark observe mention"),
    ("speech", "asserted", "happened", "that quote", "add reply respond answer respond comment recount"),
    ("speech", "asserted", "happened", "that quote", "tell inform notify assure remind advise"),
    ("speech", "asserted", "happened", "that quote", "write tweet post blog email text message retweet wire cable"),
    ("speech", "asserted", "happened", "that quote", "explain clarify elaborate specify detail continue conclude repeat reiterate"),
    ("speech", "asserted", "happened", "that quote", "quip joke muse interject intone chime begin summarize summarise sum"),
    ("speech", "asserted", "happened", "quote", "go proceed pipe offer volunteer counter retort rejoin shoot fire"),
    ("speech", "asserted", "happened", "that quote", "shout yell scream cry exclaim whisper murmur mutter mumble call chant"),
    ("speech", "asserted", "happened", "that quote", "sob sigh laugh smile snap growl bark hiss rant thunder fume rage gush"),
    ("speech", "asserted", "happened", "that quote", "mouth sing recite drawl stammer stutter bellow roar shriek whine moan groan sneer"),
    ("speech", "asserted", "happened", "quote", "scold chide rebuke lecture upbraid reprimand admonish taunt heckle read"),
    ("speech", "asserted", "happened", "that quote", "scoff gasp croak bawl holler wail hum coo deadpan wisecrack rasp snarl type scrawl"),
    ("speech", "asserted", "happened", "that quote", "recall remember reminisce lament bemoan deplore regret rejoice enthuse"),
    ("speech", "asserted", "happened", "that quote", "testify swear attest affirm aver avow depose plead profess proclaim"),
    ("speech", "asserted", "happened", "that quote", "stress emphasize emphasise underline underscore highlight insist"),
    ("speech", "asserted", "happened", "that quote", "argue contend maintain assert claim allege reason opine theorize posit"),
    ("speech", "asserted", "happened", "that quote", "acknowledge admit concede confess confirm verify certify agree concur"),
    ("speech", "asserted", "happened", "that quote", "complain grumble protest object gripe grouse vent"),
    ("speech", "asserted", "happened", "that quote", "boast brag crow gloat joke tease tweak"),
    ("speech", "asserted", "happened", "that quote", "disclose reveal divulge leak relay convey communicate"),
    ("speech", "asserted", "happened", "that quote", "suggest propose imply intimate hint insinuate signal indicate"),
    ("speech", "asserted", "happened", "that quote", "warn caution predict forecast prophesy"),
    ("speech", "asserted", "happened", "that quote", "rule decree find hold determine conclude"),
    ("speech", "asserted", "happened", "that quote", "apologize apologise concede"),
    ("speech", "asserted", "happened", "that", "stipulate argue charge detail describe recount outline preach teach"),
    ("speech", "asserted", "happened", "thing", "acknowledge admit concede confirm reveal disclose deplore lament bemoan regret"),
    ("speech", "asserted", "happened", "thing", "stress emphasize emphasise underline underscore highlight reiterate repeat"),
    ("speech", "asserted", "happened", "thing", "suggest propose signal outline tout cite reference echo voice express discuss explain"),
    ("speech", "asserted", "happened", "thing", "claim allege assert predict forecast recommend advocate"),
    ("speech", "asserted", "happened", "ing", "admit acknowledge recall report mention suggest propose recommend advocate"),
    # praise and blame: what is attributed is whom or what they are about
    ("speech", "asserted", "happened", "thing", "criticize criticise condemn denounce decry attack slam blast lambaste rebuke assail"),
    ("speech", "asserted", "happened", "thing", "praise applaud hail commend laud salute welcome defend endorse mock ridicule"),
    ("speech", "asserted", "happened", "thing", "deride castigate chastise berate admonish rap excoriate bash protest"),
    ("speech", "asserted", "happened", "ask", "accuse"),
    ("speech", "asserted", "happened", "obj:of", "accuse convict warn remind inform notify assure"),
    ("speech", "asserted", "happened", "obj:for", "blame praise criticize criticise condemn thank fault applaud denounce"),
    ("speech", "asserted", "happened", "obj:with", "charge credit"),
    ("speech", "asserted", "happened", "obj:to", "liken compare"),
    ("speech", "asserted", "happened", "obj:about", "tell warn ask question remind inform"),
    ("speech", "asserted", "happened", "thing", "blame accuse thank credit fault"),
    ("speech", "asserted", "happened", "small", "call label brand term dub deem describe characterize characterise portray"),
    ("speech", "asserted", "happened", "small", "depict cast hail denounce condemn declare pronounce identify paint"),
    # speaking on something
    ("speech", "asserted", "happened", "on:about", "speak talk complain boast joke lie write rant ask inquire enquire rave"),
    ("speech", "asserted", "happened", "on:of", "speak complain boast warn talk"),
    ("speech", "asserted", "happened", "on:on", "comment elaborate insist remark expound touch"),
    ("speech", "asserted", "happened", "on:to", "refer allude object admit confess testify point attest respond react"),
    ("speech", "asserted", "happened", "on:with", "agree disagree concur"),
    ("speech", "asserted", "happened", "on:against", "warn argue speak rail protest advise caution"),
    ("speech", "asserted", "happened", "on:for", "apologize apologise argue"),
    # denying
    ("speech", "denied", "happened", "that quote thing ing", "deny"),
    ("speech", "denied", "happened", "that thing", "dispute refute rebut contradict disprove contest disavow disclaim repudiate"),
    ("speech", "denied", "happened", "thing small", "dismiss reject rebuff debunk discredit disown"),
    ("speech", "denied", "happened", "on:with", "disagree"),
    # asking for
    ("speech", "asserted", "demanded", "that quote ask thing", "urge demand request"),
    ("speech", "asserted", "demanded", "that quote to ask thing", "ask beg beseech implore entreat exhort petition"),
    ("speech", "asserted", "demanded", "ask", "call press encourage order command instruct direct tell advise warn push invite"),
    ("speech", "asserted", "demanded", "ask", "pressure remind caution forbid summon admonish counsel lobby enjoin"),
    ("speech", "asserted", "demanded", "on:for", "call plead appeal press push ask lobby campaign agitate clamor advocate beg"),
    ("speech", "asserted", "demanded", "on:on", "call"),
    ("speech", "asserted", "demanded", "on:to", "appeal"),
    ("speech", "asserted", "demanded", "that", "recommend propose"),
    ("speech", "asserted", "possible", "that quote", "inquire enquire query wonder question quiz"),
    ("speech", "asserted", "possible", "thing", "question query"),
    # binding oneself
    ("speech", "asserted", "planned", "that quote to thing", "vow promise pledge threaten swear"),
    ("speech", "asserted", "planned", "to", "offer volunteer undertake agree"),
    ("speech", "asserted", "happened", "to", "claim profess"),
    # what is refused is not done
    ("speech", "denied", "happened", "to thing", "refuse"),
    ("speech", "denied", "happened", "to", "decline"),
    # thought and feeling
    ("thought", "asserted", "happened", "that quote", "think believe"),
    ("thought", "asserted", "happened", "that", "know feel realize realise understand recognize recognise discover learn"),
    ("thought", "asserted", "happened", "that", "consider reckon figure deem decide notice sense perceive accept"),
    ("thought", "asserted", "happened", "that", "forget remember hear see judge gather trust"),
    ("thought", "asserted", "happened", "on:in", "believe"),
    ("thought", "asserted", "happened", "small", "consider regard view see perceive think"),
    ("thought", "asserted", "happened", "thing", "support oppose favor favour prefer resent admire appreciate back"),
    ("thought", "asserted", "happened", "to", "prefer"),
    ("thought", "asserted", "happened", "on:about", "worry care think fret wonder"),
    ("thought", "asserted", "possible", "obj:of ask", "suspect"),
    ("thought", "asserted", "possible", "that thing", "suspect fear doubt anticipate expect"),
    ("thought", "asserted", "possible", "that", "assume presume suppose guess imagine speculate hope worry estimate dread wish"),
    ("thought", "asserted", "possible", "thing", "consider"),
    ("thought", "asserted", "possible", "to ask", "expect hope wish"),
    ("thought", "asserted", "possible", "on:for", "hope wish"),
    ("thought", "asserted", "demanded", "to ask", "want"),
    ("thought", "asserted", "planned", "to", "intend plan decide aim seek vow"),
    ("thought", "asserted", "planned", "thing", "plan"),
    # what shows something
    ("show", "asserted", "happened", "that", "show indicate suggest demonstrate prove reveal confirm imply illustrate"),
    ("show", "asserted", "happened", "that", "estimate project calculate document establish"),
    ("show", "asserted", "possible", "that thing", "estimate project"),
)  # fmt: skip

#: Verbs that attribute where an adverb or a particle is part of them: (verb, particle or preposition) → its cue.
PHRASAL: dict[tuple[str, str], Cue] = {
    (word, particle): cue
    for word_particle, cue in _lexicon(
        ("speech", "asserted", "happened", "that quote thing", "point_out sum_up put_it"),
        ("speech", "asserted", "happened", "that thing", "make_clear spell_out"),
        ("speech", "asserted", "happened", "thing", "lay_out play_down call_out"),
        ("speech", "asserted", "happened", "that quote", "call_out cry_out read_out shout_out blurt_out"),
        ("speech", "asserted", "happened", "quote", "speak_out go_on chime_in weigh_in fire_back hit_back shoot_back"),
        ("speech", "asserted", "happened", "that", "give_out let_on"),
        ("speech", "denied", "possible", "that thing ing", "rule_out"),
        ("speech", "denied", "happened", "thing", "wave_off brush_off shrug_off explain_away"),
    ).items()
    for word, particle in (word_particle.split("_"),)
}

#: Nouns of speech and thought, where a clause or an infinitive completes them ("the claim that …", "a promise to …").
NOUNS: dict[str, Cue] = _lexicon(
    ("speech", "asserted", "happened", "that", "statement claim allegation assertion accusation charge report remark comment"),
    ("speech", "asserted", "happened", "that", "announcement declaration acknowledgment acknowledgement admission confession"),
    ("speech", "asserted", "happened", "that", "argument contention insistence testimony assurance confirmation revelation"),
    ("speech", "asserted", "happened", "that", "complaint explanation suggestion message notion reminder finding ruling rumor"),
    ("speech", "asserted", "happened", "that", "rumour word news indication sign evidence proof hint observation reply answer"),
    ("speech", "asserted", "possible", "that", "warning prediction forecast estimate speculation question"),
    ("speech", "denied", "happened", "that", "denial"),
    ("speech", "asserted", "demanded", "that to", "demand call appeal request plea order recommendation proposal suggestion"),
    ("speech", "asserted", "demanded", "on:for", "call demand plea appeal request"),
    ("speech", "asserted", "planned", "that to", "promise pledge vow threat offer commitment"),
    ("thought", "asserted", "happened", "that", "belief view conviction opinion feeling sense conclusion realization idea"),
    ("thought", "asserted", "possible", "that", "hope fear worry concern suspicion doubt expectation assumption theory"),
    ("thought", "asserted", "planned", "to", "intention plan decision determination desire willingness reluctance refusal"),
)  # fmt: skip

#: Adjectives of saying and thinking, after "be" and the like ("was confident that …").
ADJECTIVES: dict[str, Cue] = _lexicon(
    ("thought", "asserted", "happened", "that", "sure certain confident convinced aware positive adamant clear satisfied"),
    ("thought", "asserted", "happened", "that", "glad happy pleased proud grateful thankful delighted relieved sorry sad upset"),
    ("thought", "asserted", "happened", "that", "angry furious shocked surprised amazed astonished disappointed frustrated"),
    ("thought", "asserted", "possible", "that", "afraid worried concerned hopeful optimistic doubtful skeptical sceptical"),
    ("thought", "asserted", "possible", "that", "unsure uncertain fearful wary nervous anxious suspicious"),
    ("thought", "asserted", "possible", "on:about", "worried concerned optimistic nervous anxious skeptical sceptical upset"),
    ("thought", "asserted", "planned", "to", "willing eager ready determined prepared reluctant unwilling keen"),
)  # fmt: skip

#: What follows is somebody's words or view: "according to …", "in the words of …", "in the view of …".
SOURCE_NOUNS = frozenset({"word", "words", "view", "opinion", "eyes", "account", "telling"})

#: A document that speaks by itself, where no person or body is named as its author.
DOCUMENTS = frozenset(
    [
        "affidavit",
        "article",
        "audit",
        "autopsy",
        "bill",
        "biography",
        "blog",
        "book",
        "briefing",
        "brief",
        "bulletin",
        "caption",
        "certificate",
        "circular",
        "clip",
        "column",
        "communique",
        "communiqué",
        "complaint",
        "contract",
        "court-filing",
        "declaration",
        "decree",
        "dispatch",
        "document",
        "dossier",
        "draft",
        "editorial",
        "email",
        "e-mail",
        "figure",
        "file",
        "filing",
        "finding",
        "footage",
        "guideline",
        "headline",
        "indictment",
        "inscription",
        "journal",
        "judgment",
        "law",
        "lawsuit",
        "leaflet",
        "letter",
        "list",
        "log",
        "magazine",
        "memo",
        "memoir",
        "memorandum",
        "message",
        "minutes",
        "newsletter",
        "newspaper",
        "note",
        "notice",
        "obituary",
        "order",
        "page",
        "paper",
        "papers",
        "petition",
        "placard",
        "plaque",
        "poll",
        "post",
        "poster",
        "presentation",
        "press-release",
        "profile",
        "programme",
        "program",
        "prospectus",
        "protocol",
        "record",
        "recording",
        "register",
        "release",
        "report",
        "resolution",
        "review",
        "ruling",
        "schedule",
        "script",
        "sign",
        "statement",
        "statistic",
        "statistics",
        "statute",
        "study",
        "suit",
        "summary",
        "survey",
        "text",
        "testimony",
        "transcript",
        "treaty",
        "tweet",
        "verdict",
        "video",
        "warrant",
        "website",
        "will",
        "writ",
    ]
)

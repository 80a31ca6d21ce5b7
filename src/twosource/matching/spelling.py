"""Do two names spell the same name? Across transliterations, scripts, orders, initials, typing errors; never two kin or two namesakes.

Words are compared one to one after both names were brought to plain Latin (anyascii) and to a skeleton in which the transliterations of
one sound agree. Every word of the shorter name must find its partner; what stays over on either side must be harmless: a middle name,
a title, a legal form. A surname that differs, or a second given name that differs, is another person however alike the rest is:
names are short, and what tells two people apart is one word.

Jaro-Winkler similarity after Winkler (1990); the best one-to-one alignment of words is found greedily from the best pair down.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal

Schema = Literal["person", "organisation", "other"]

#: Two words this alike (0..1) are one word spelt twice. What lies between is not decided by spelling alone.
SAME_WORD = 0.88

_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir lord lady dame sheikh shaikh sheik monsieur madame mme herr frau "
    "senor senora don dona rev reverend "
    "hon president minister general gen colonel col captain mullah mulla maulana maulavi mawlawi haji hajji "
    "hadji alhaji alhaj sayyid sayyed sayed syed "
    "sayid imam ayatollah emir amir prince princess king queen saint st the comrade".split()
)
_GENERATIONS = {"jr": "2", "junior": "2", "sr": "1", "senior": "1", "ii": "ii", "iii": "iii", "iv": "iv"}
_PARTICLES = frozenset(
    "al el ul ad as ash an ar at az bin ibn ben bint abu abou um umm de del della di da do dos das du la le "
    "van von der den ter zu y e i ur "
    "ud ould wa".split()
)
_LEGAL = {
    "limited": "ltd", "ltd": "ltd", "plc": "plc", "incorporated": "inc", "inc": "inc", "corporation": "corp", "corp": "corp",
    "company": "co", "co": "co", "aktiengesellschaft": "ag", "ag": "ag", "akg": "ag", "gmbh": "gmbh", "llc": "llc", "lp": "lp",
    "llp": "llp",
    "ooo": "llc", "oao": "jsc", "zao": "jsc", "pao": "jsc", "ao": "jsc", "ojsc": "jsc", "pjsc": "jsc", "cjsc": "jsc",
    "jsc": "jsc", "sa": "sa", "spa": "spa",
    "srl": "srl", "sarl": "sarl", "bv": "bv", "nv": "nv", "ab": "ab", "as": "as", "oy": "oy", "oyj": "oy", "kg": "kg",
    "sas": "sas", "pty": "ltd",
    "se": "se", "kk": "kk", "sdn": "ltd", "bhd": "ltd", "pvt": "ltd", "pte": "ltd", "sp": "sp", "zoo": "sp",
}  # fmt: skip
_LEGAL_PHRASES = (
    ("open joint stock company", "jsc"), ("joint stock company", "jsc"), ("aktsionernoe obshchestvo", "jsc"),
    ("intl", "international"), ("limited liability company", "llc"), ("societate cu raspundere limitata", "srl"),
    ("gesellschaft mit beschrankter haftung", "gmbh"), ("societe anonyme", "sa"), ("sociedad anonima", "sa"),
    ("public limited company", "plc"),
    ("sp z o o", "sp"), ("z o o", "sp"), ("p l c", "plc"), ("s p a", "spa"), ("l l c", "llc"), ("l p", "lp"),
)  # fmt: skip
_NUMBERS = {
    w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
#: Scripts in which one sign is one syllable: a sign that differs is another name.
_SYLLABIC = frozenset({"CJK", "HANGUL", "HIRAGANA", "KATAKANA"})
_EMPTY = frozenset("the of and for on in de la le a an und et y & der die das".split())

#: Spellings of one sound, the longer first: what a transliteration table of each script gives in turn.
_SOUNDS = (
    ("shch", "s"), ("sch", "s"), ("tsch", "c"), ("tch", "c"), ("dzh", "j"), ("dsch", "j"), ("tj", "t"), ("kh", "h"), ("zh", "z"),
    ("sh", "s"), ("ch", "c"), ("gh", "g"),
    ("ph", "f"), ("th", "t"), ("dh", "d"), ("ts", "c"), ("tz", "c"), ("cz", "c"), ("sz", "s"), ("ck", "k"), ("q", "k"),
    ("x", "ks"), ("w", "v"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("yy", "i"), ("iy", "i"), ("ij", "i"), ("yi", "i"), ("ey", "ei"), ("ay", "ai"), ("ya", "ia"),
    ("ja", "ia"), ("yu", "iu"), ("ju", "iu"),
    ("ye", "e"), ("je", "e"), ("yo", "e"), ("ie", "i"), ("y", "i"), ("j", "z"),
)  # fmt: skip


#: The j that closes a syllable is an i: "Sergej" is "Sergei", where "Jan" is no "Ian".
_FINAL_J = re.compile(r"(?<=[aeiou])j$")


@functools.lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """The name in lower-case Latin letters, digits and single spaces.

    >>> plain("Ида  О'Холм-Несс, Ltd.")
    'ida okholm ness ltd'
    """
    from anyascii import anyascii

    apart = re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", " ", name)
    text = anyascii(apart).lower()
    text = re.sub(r"['’`ʻʼ]+", "", text)
    text = re.sub(r"\b(?:[a-z]\.){2,}", lambda m: m[0].replace(".", "") + " ", text)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


@functools.lru_cache(maxsize=65536)
def sounded(word: str) -> str:
    """A word with the spellings of one sound made equal, doubled letters single.

    >>> sounded("charkowskaja") == sounded("charkovskaya"), sounded("mohammed") == sounded("mohamed")
    (True, True)
    """
    word = _FINAL_J.sub("i", word)
    for spelling, sound in _SOUNDS:
        word = word.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", word)


@functools.lru_cache(maxsize=65536)
def frame(word: str) -> str:
    """The consonants of a word, as scripts without vowels write them."""
    sound = sounded(word)
    return re.sub(r"[aeiouhv]", "", sound.replace("p", "b").replace("g", "j").replace("k", "c").replace("z", "s"))


@functools.lru_cache(maxsize=65536)
def vowelless(sound: str) -> str:
    """What a sounded word has left without its vowels and h."""
    return re.sub(r"[aeiouh]", "", sound)


@functools.lru_cache(maxsize=65536)
def alike(one: str, other: str) -> float:
    """How alike two plain words are, 0..1: Jaro-Winkler of the words or of their sounds, held down where a letter in four differs."""
    from rapidfuzz.distance import OSA, JaroWinkler

    if one == other:
        return 1.0
    a, b = sounded(one), sounded(other)
    if a == b:
        return 0.98
    if not a or not b:
        return 0.0
    score = max(JaroWinkler.similarity(one, other), JaroWinkler.similarity(a, b))
    steps = min(OSA.distance(one, other), OSA.distance(a, b))
    short = min(len(a), len(b))
    if steps > (0 if short <= 3 else 1 if short <= 6 else 2 if short <= 9 else 3):
        score = min(score, 0.84)
    bones = vowelless(a), vowelless(b)
    if bones[0] == bones[1] and len(bones[0]) >= 2 and _one_vowel(a.replace("h", ""), b.replace("h", "")):
        return float(max(score, 0.9))
    if short <= 6 and sorted(bones[0]) != sorted(bones[1]):
        score = min(score, 0.84)
    return float(score)


def _one_vowel(one: str, other: str) -> bool:
    """Do two words of the same consonants differ in one group of vowels (long words: two), but not the last, which tells gender?"""
    first, second = (re.split(r"[^aeiou]+", w) for w in (one, other))
    differ = [i for i, (x, y) in enumerate(zip(first, second, strict=False)) if x != y]
    allowed = 2 if min(len(one), len(other)) >= 6 else 1
    return len(first) == len(second) and 1 <= len(differ) <= allowed and differ[-1] != len(first) - 1


@functools.lru_cache(maxsize=65536)
def same_name(name1: str, name2: str, schema: str = "person") -> tuple[bool, float]:
    """Whether two names spell one name, and how sure that is (0..1; at .5 and over they match).

    `schema` is "person", "organisation" or "other", or as FollowTheMoney names them ("Person", "Company", "LegalEntity", "Vessel" …).

    >>> same_name("Olena Marchuk", "Елена Марчук")[0], same_name("Olena Marchuk", "Oleh Marchuk")[0]
    (True, False)
    """
    kind = schema.casefold()
    one, other = plain(name1), plain(name2)
    if not one or not other:
        return False, 0.0
    if kind in {"person", "persons"}:
        scripts = script(name1), script(name2)
        crossed = scripts[0] != scripts[1]
        if not crossed and scripts[0] in _SYLLABIC:
            same = "".join(name1.split()) == "".join(name2.split())
            return same, float(same)
        score = _persons(_inverted(name1), _inverted(name2), crossed)
    else:
        score = _organisations(one, other)
    return score >= 0.5, round(score, 4)


@functools.lru_cache(maxsize=65536)
def script(name: str) -> str:
    """The script that most letters of a name are of, as Unicode names it ("LATIN" where there is none)."""
    import unicodedata

    letters = [unicodedata.name(c, "LATIN").split()[0] for c in name if c.isalpha()]
    return max(sorted(set(letters)), key=letters.count) if letters else "LATIN"


@functools.lru_cache(maxsize=65536)
def _inverted(name: str) -> str:
    """A name in the order it is spoken: "Holm, Ida" is "Ida Holm"."""
    parts = [p.strip() for p in name.split(",")]
    if len(parts) == 2 and plain(parts[1]) not in _GENERATIONS and all(parts):
        return f"{parts[1]} {parts[0]}"
    return name


#: Digits that stand for letters they look like.
_LOOKALIKE = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g"}


def _once(words: tuple[str, ...], other: Sequence[str]) -> tuple[str, ...]:
    """`words` with a word said twice in a row said once, where that is what makes it longer than `other`."""
    single = tuple(w for i, w in enumerate(words) if i == 0 or w != words[i - 1])
    return single if len(single) >= max(2, len(other)) else words


def person_words(name: str) -> tuple[str, ...]:
    """The words by which a person's name is compared, in the order in which it is spoken."""
    return _parts(_inverted(name))[0]


@functools.lru_cache(maxsize=65536)
def _parts(name: str) -> tuple[tuple[str, ...], str | None]:
    """A person's words without titles and particles, and the generation ("Jr") if told."""
    text = re.sub(r"(?<=[a-z])[0-9](?=[a-z])", lambda m: _LOOKALIKE.get(m[0], m[0]), plain(name))
    text = re.sub(r"\babd(?: ?[aeu][a-z]\b|ul|el|al)? ?", "abdul", text)
    text = re.sub(r" (?:[aeu][ld]|u) ?d?d[iea]e?n\b", "uddin", text)
    words = text.split()
    generation = next((_GENERATIONS[w] for w in words[1:] if w in _GENERATIONS), None)
    kept = [w for w in words if w not in _GENERATIONS]
    kept = [w for w in kept if w not in _TITLES] or kept
    kept = [w for w in kept if w not in _PARTICLES] or kept
    return tuple(kept), generation


def _aligned(one: Sequence[str], other: Sequence[str], crossed: bool) -> list[tuple[int, int, float]]:
    """The best one-to-one pairs of words, the most alike first."""
    scored = []
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            score = alike(a, b)
            if crossed and score < SAME_WORD:
                x, y = frame(a), frame(b)
                if len(x) >= 2 and x == y:
                    score = 0.9
                elif len(x) >= 4 and len(y) >= 4 and alike(x, y) >= SAME_WORD:
                    score = 0.88
            if min(len(a), len(b)) == 1 and a[0] == b[0] and len(a) != len(b):
                score = max(score, 0.885)
            scored.append((-score, abs(i - j), i, j))
    used_one: set[int] = set()
    used_other: set[int] = set()
    pairs = []
    for negative, _, i, j in sorted(scored):
        if i not in used_one and j not in used_other:
            used_one.add(i)
            used_other.add(j)
            pairs.append((i, j, -negative))
    return pairs


def _persons(name1: str, name2: str, crossed: bool) -> float:
    one, generation1 = _parts(name1)
    other, generation2 = _parts(name2)
    one, other = _once(one, other), _once(other, one)
    if generation1 != generation2 and None not in (generation1, generation2):
        return 0.2
    if sorted(one) == sorted(other) and one != other and _turned(name1, name2):
        return 0.3
    if "".join(one) == "".join(other) or "".join(sorted(one)) == "".join(sorted(other)):
        return 1.0
    whole = alike("".join(one), "".join(other)) if len(one) != len(other) else 0.0
    if whole >= 0.95 and min(len(one), len(other)) >= 1 and abs(len("".join(one)) - len("".join(other))) <= 1:
        return 0.9
    if len(one) > len(other):
        one, other = other, one
    pairs = _aligned(one, other, crossed)
    scores = [s for _, _, s in pairs]
    weakest = min(scores)
    mean = sum(scores) / len(scores)
    if weakest < (0.86 if crossed else SAME_WORD):
        return 0.45 * mean
    spare = len(other) - len(one)
    if len(one) == 1 and spare:
        titled = any(_TITLES & set(plain(n).split()[:1]) for n in (name1, name2))
        return 0.55 if titled and pairs[0][1] == len(other) - 1 and weakest >= 0.97 else 0.4
    if spare > max(1, len(one) - 1) and len(one) < 3 and (weakest < 0.97 or spare > 3):
        return 0.45
    initials = sum(min(len(one[i]), len(other[j])) == 1 for i, j, _ in pairs)
    if initials >= len(one):
        return 0.4
    inexact = sum(s < 0.97 for s in scores)
    return max(0.5, mean - 0.04 * spare - 0.03 * max(0, inexact - 1) - 0.03 * initials)


def _turned(name1: str, name2: str) -> bool:
    """Are they father and son: "A bin B" and "B bin A"?"""
    sons = {"bin", "ibn", "ben", "bint", "ould"}
    a, b = plain(name1).split(), plain(name2).split()
    here, there = [i for i, w in enumerate(a) if w in sons], [i for i, w in enumerate(b) if w in sons]
    if not here or not there or here[0] in (0, len(a) - 1) or there[0] in (0, len(b) - 1):
        return False
    return a[here[0] - 1] == b[there[0] + 1] and a[here[0] + 1] == b[there[0] - 1]


def organisation_words(name: str) -> tuple[str, ...]:
    """The words by which an organisation's name is compared."""
    return _organisation_words(plain(name))[0]


@functools.lru_cache(maxsize=65536)
def _organisation_words(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words that carry an organisation's name, numbers in digits, and its legal forms."""
    name = name.replace("united states", "us").replace("united kingdom", "uk").replace("united nations", "un")
    for phrase, short in _LEGAL_PHRASES:
        name = re.sub(rf"\b{phrase}\b", short, name)
    legal: set[str] = set()
    words: list[str] = []
    for word in name.split():
        if word in _LEGAL:
            legal.add(_LEGAL[word])
        elif word in _TENS:
            words.append(str(_TENS[word]))
        elif word in _NUMBERS or word in _ROMAN:
            number = _NUMBERS.get(word) or _ROMAN[word]
            if words and words[-1].isdigit() and len(words[-1]) == 2 and words[-1][1] == "0" and len(number) == 1:
                words[-1] = str(int(words[-1]) + int(number))
            else:
                words.append(number)
        elif (
            word.isdigit()
            and words
            and words[-1] in {"20", "30", "40", "50", "60", "70", "80", "90"}
            and len(word) == 1
        ):
            words[-1] = str(int(words[-1]) + int(word))
        elif word not in _EMPTY:
            words.append(word)
    return tuple(words or name.split()), frozenset(legal)


def _organisations(name1: str, name2: str) -> float:
    one, legal1 = _organisation_words(name1)
    other, legal2 = _organisation_words(name2)
    if [w for w in one if w.isdigit()] != [w for w in other if w.isdigit()]:
        return 0.2
    joined1, joined2 = "".join(one), "".join(other)
    if joined1 == joined2 or sorted(one) == sorted(other):
        return 0.97 if legal1 == legal2 or not legal1 or not legal2 else 0.7
    if len(one) != len(other):
        if alike(joined1, joined2) >= 0.97 and abs(len(joined1) - len(joined2)) <= 1:
            return 0.8
        return 0.3
    scores = [s for _, _, s in _aligned(one, other, False)]
    from rapidfuzz.distance import Levenshtein

    typing = sum(Levenshtein.distance(a, b) for a, b in zip(one, other, strict=True))
    if min(scores) >= 0.9 and typing <= 1 + len(joined1) // 12:
        return max(0.5, sum(scores) / len(scores) - 0.1)
    return 0.4 * sum(scores) / len(scores)

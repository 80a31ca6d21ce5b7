"""Universal Dependencies, as the pipelines of most languages give them, in the conventions that the rules of `reading` are written in.

The English pipeline hangs a noun on its preposition and a predicate on "be"; Universal Dependencies does both the other way about, and
names its labels and tags otherwise. So that every rule of grammar is written once, a parse in Universal Dependencies is turned here:
prepositions and copulas become heads, modal verbs auxiliaries, labels and tags those of English. The words, their places and their
morphology stay as they are; lemmas that the language's module knows are told in English.

Source of the two conventions: universaldependencies.org (version 2) and the ClearNLP guidelines that OntoNotes' labels follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from twosource.reading.cues import VERBS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Labels that have another name and nothing else to change.
_LABELS = {
    "nsubj:pass": "nsubjpass", "csubj:pass": "csubjpass", "obj": "dobj", "iobj": "dative", "aux:tense": "aux", "aux:pass": "auxpass",
    "aux:caus": "aux", "acl:relcl": "relcl", "expl:subj": "expl", "expl:comp": "refl", "expl:pass": "refl", "expl:pv": "refl",
    "flat:name": "flat", "flat:foreign": "flat", "obl:agent": "npadvmod", "obl:arg": "npadvmod", "obl:mod": "npadvmod",
    "obl": "npadvmod", "cc:preconj": "preconj", "compound:prt": "prt", "advcl:relcl": "advcl",
}  # fmt: skip
_ENTITIES = {"PER": "PERSON"}
#: What goes with the verb when a copula or a modal takes the place of its predicate.
_OF_THE_CLAUSE = ("nsubj", "csubj", "aux", "mark", "expl", "cc", "punct", "parataxis", "advcl", "vocative", "dep")


class _Tree:
    """Heads and labels of one parse, as they are turned."""

    def __init__(self, doc: Doc, lemmas: Mapping[str, str]) -> None:
        self.doc = doc
        self.head = [t.head.i for t in doc]
        self.dep = [t.dep_ for t in doc]
        self.lemma = [lemmas.get(t.lemma_.lower(), t.lemma_) for t in doc]
        self.tag = [_tag(t) for t in doc]
        self.pos = [t.pos_ for t in doc]
        self.below: list[list[int]] = [[] for _ in doc]
        for i, h in enumerate(self.head):
            if h != i:
                self.below[h].append(i)

    def hang(self, i: int, head: int, dep: str) -> None:
        """Hang token `i` on `head`."""
        if self.head[i] != i:
            self.below[self.head[i]].remove(i)
        self.head[i], self.dep[i] = head, dep
        if head != i:
            self.below[head].append(i)

    def swap(self, up: int, down: int, dep: str) -> None:
        """Let `up`, a child of `down`, take its place; `down` then hangs on it as `dep`."""
        above, link = self.head[down], self.dep[down]
        self.hang(up, up if above == down else above, link)
        self.hang(down, up, dep)


def turned(
    doc: Doc, lemmas: Mapping[str, str], modals: frozenset[str], impersonal: frozenset[str], spoken: Mapping[str, str]
) -> _Tree:
    """The tree of `doc` in the conventions of English.

    `lemmas` gives English lemmas by the language's own; `modals` are the English lemmas of its modal verbs, which stand before a bare
    infinitive; `impersonal` its own lemmas whose subject is nobody ("il faut"); `spoken` the forms in which cues stand behind a quotation
    ("raconte") with their English lemmas, since pipelines often take those for no verbs.
    """
    tree = _Tree(doc, lemmas)
    for t in doc:
        lemma = spoken.get(t.text.lower()) if t.pos_ != "VERB" else None
        cue = VERBS.get(lemma or tree.lemma[t.i]) if lemma is not None or t.pos_ == "VERB" else None
        if cue is not None and cue.takes("quote"):
            _inverted(tree, t.i, lemma)
    for t in doc:
        if tree.dep[t.i] == "cop":
            _copula(tree, t.i)
    for t in doc:
        if tree.lemma[t.i] in modals and t.pos_ in {"VERB", "AUX"}:
            _modal(tree, t.i)
    for t in doc:
        if tree.dep[t.i] == "case":
            _preposition(tree, t.i, lemmas)
    for t in doc:
        tree.dep[t.i] = _label(tree, t, impersonal)
    for t in doc:
        if t.pos_ in {"VERB", "AUX"} and tree.tag[t.i] == "VB":
            _infinitive(tree, t.i)
    return tree


def _inverted(tree: _Tree, cue: int, lemma: str | None) -> None:
    """As in "…, a annoncé la préfète.": a cue behind a comma with its subject behind it, which small pipelines take for its object.

    What stands before the comma becomes the cue's complement. `lemma` is the cue's where the pipeline took it for no verb.
    """
    doc = tree.doc
    opening = cue - 1
    while opening > 0 and (
        tree.dep[opening].startswith(("aux", "advmod", "expl", "iobj")) or doc[opening].text == "-t"
    ):
        opening -= 1
    if opening < 0 or doc[opening].text not in {",", '"', "—", "–"}:
        return
    if any(tree.dep[c].startswith("nsubj") and c < opening and not _is_clause(tree, c) for c in tree.below[cue]):
        return  # "L'entreprise, qui …, a démenti": the comma closes something else
    subject = next((c for c in tree.below[cue] if tree.dep[c].startswith("nsubj") and c > cue), cue + 1)
    while subject < len(doc) and tree.pos[subject] in {"DET", "ADJ", "NUM"}:
        subject += 1
    if subject >= len(doc) or tree.pos[subject] not in {"NOUN", "PROPN", "PRON"} or doc[subject].is_sent_start:
        return
    if lemma is not None:
        tree.lemma[cue], tree.pos[cue], tree.tag[cue] = lemma, "VERB", "VBZ"
    for c in tree.below[cue]:
        if c < opening and _is_clause(tree, c):
            tree.dep[c] = "ccomp"
    root = doc[cue].sent.root.i
    if root == cue and doc[cue].sent.start == opening > 0:
        root = doc[opening - 1].sent.root.i  # cut off at the comma
    if root != cue and root < opening:
        for c in [c for c in tree.below[cue] if c < opening]:
            tree.hang(c, root, tree.dep[c])
        tree.hang(cue, root, "parataxis")
        tree.hang(subject, cue, "nsubj")
        tree.swap(cue, root, "ccomp")
        for c in [c for c in tree.below[root] if c > cue]:
            tree.hang(c, cue, tree.dep[c])
    else:
        tree.hang(subject, cue, "nsubj")
    last = max([subject, *(c for c in tree.below[subject] if tree.dep[c].startswith("flat") or c == subject + 1)])
    if (
        last + 2 < len(doc)
        and doc[last + 1].text == ","
        and tree.pos[last + 2] == "PROPN"
        and tree.pos[subject] == "NOUN"
    ):
        tree.hang(last + 2, subject, "appos")  # "…, la préfète, Ilse Varga"


def _is_clause(tree: _Tree, i: int) -> bool:
    return any(tree.dep[d].startswith(("nsubj", "cop")) for d in tree.below[i])


def _copula(tree: _Tree, be: int) -> None:
    """As in "Elle est la directrice": "be" heads the clause, and what it says of the subject is its complement."""
    noun = tree.head[be]
    nominal = tree.doc[noun].pos_ in {"NOUN", "PROPN", "PRON", "NUM"}
    moved = [c for c in tree.below[noun] if c != be and _goes(tree, c, be, noun)]
    tree.swap(be, noun, "attr" if nominal else "acomp")
    for c in moved:
        tree.hang(c, be, tree.dep[c])


def _goes(tree: _Tree, c: int, verb: int, noun: int) -> bool:
    dep = tree.dep[c]
    if dep.startswith(_OF_THE_CLAUSE):
        return dep != "punct" or c > noun or c < verb
    if dep == "advmod":
        return c < verb or "Polarity=Neg" in str(tree.doc[c].morph)
    return (dep.startswith("obl") and (c < verb or c > noun)) or (dep == "conj" and tree.doc[c].pos_ in {"VERB", "AUX"})


def _modal(tree: _Tree, modal: int) -> None:
    """As in "doit rencontrer": the infinitive heads the clause, and the modal is its auxiliary."""
    verb = next(
        (
            c
            for c in tree.below[modal]
            if tree.dep[c] == "xcomp" and c > modal and not any(tree.dep[d] == "mark" for d in tree.below[c])
        ),
        None,
    )
    if verb is None or tree.doc[verb].pos_ not in {"VERB", "AUX"}:
        return
    for c in [c for c in tree.below[modal] if c != verb and not tree.dep[c].startswith("aux")]:
        tree.hang(c, verb, tree.dep[c])
    tree.swap(verb, modal, "aux")


def _preposition(tree: _Tree, word: int, lemmas: Mapping[str, str]) -> None:
    """As in "à l'hôpital": the noun hangs on its preposition, which may have several words ("d'après")."""
    noun = tree.head[word]
    fixed = [word, *(c for c in tree.below[word] if tree.dep[c] == "fixed")]
    if len(fixed) > 1:
        tree.lemma[word] = lemmas.get(
            "".join(tree.doc[i].text_with_ws for i in fixed).strip().lower(), tree.lemma[word]
        )
    dep = tree.dep[noun]
    if any(tree.dep[c] == "case" and c < word for c in tree.below[noun]):
        return
    if dep.startswith(("obl", "nmod")) or dep in {"attr", "acomp", "dep", "appos"}:
        tree.swap(word, noun, "pobj")
        tree.dep[word] = "agent" if dep == "obl:agent" else "prep"


def _label(tree: _Tree, token: Token, impersonal: frozenset[str]) -> str:
    dep, head = tree.dep[token.i], tree.head[token.i]
    if dep == "expl:subj" and tree.doc[head].lemma_ not in impersonal and not token.text.endswith("-t"):
        # "a-t-il dit": an inverted subject, which the pipelines call an expletive
        return "nsubj" if not any(tree.dep[c].startswith("nsubj") for c in tree.below[head]) else "expl"
    before = tree.doc[token.i - 1] if token.i else None
    if token.pos_ == "PROPN" and before is not None and before.i == head and before.pos_ == "NOUN" and dep != "conj":
        return "appos"  # "la préfète Ilse Varga"
    if dep == "det" and "Poss=Yes" in str(token.morph):
        return "poss"
    if dep.startswith("advmod") and token.lemma_ in {"ne", "n'", "n’"}:
        return "neg" if _negates(tree, head, token.i) else "ne"
    if dep.startswith("advmod") and "Polarity=Neg" in str(token.morph) and _has_ne(tree, head):
        return "advmod_neg"  # "pas", "plus", "jamais" beside "ne": one negation, not two
    if dep.startswith("advmod") and "Polarity=Neg" in str(token.morph):
        return "neg"
    return str(_LABELS.get(dep, dep))


def _has_ne(tree: _Tree, verb: int) -> bool:
    return any(tree.doc[c].lemma_ in {"ne", "n'", "n’"} for c in tree.below[verb])


def _negates(tree: _Tree, verb: int, ne: int) -> bool:
    """Whether "ne" is the negation of its clause: not in "ne … que", which means "only", nor where "aucun" already says "no"."""
    for c in tree.below[verb]:
        if tree.doc[c].lower_ == "no" or any(tree.doc[d].lower_ == "no" for d in tree.below[c]):
            return False
        if (
            c > verb
            and tree.doc[c].lemma_ in {"que", "qu'"}
            and tree.dep[c] in {"advmod", "mark", "case", "cc", "fixed"}
        ):
            return False
    return True


def _infinitive(tree: _Tree, verb: int) -> None:
    """Marks the infinitive: the preposition that opens it is its "to"; without one, and without a modal, its own tag says so."""
    marks = [c for c in tree.below[verb] if tree.dep[c] == "mark" and tree.doc[c].pos_ == "ADP"]
    if marks:
        tree.tag[marks[-1]], tree.dep[marks[-1]] = "TO", "aux"
    elif not any(tree.dep[c] == "aux" for c in tree.below[verb]):
        tree.tag[verb] = "VBTO"


def _tag(token: Token) -> str:
    """The Penn tag that the morphology amounts to."""
    morph = str(token.morph)
    match token.pos_:
        case "NOUN":
            return "NNS" if "Number=Plur" in morph else "NN"
        case "PROPN":
            return "NNPS" if "Number=Plur" in morph else "NNP"
        case "VERB" | "AUX":
            if "VerbForm=Inf" in morph:
                return "VB"
            if "VerbForm=Part" in morph:
                return "VBG" if "Tense=Pres" in morph else "VBN"
            if "Tense=Past" in morph or "Tense=Imp" in morph:
                return "VBD"
            return "VBZ" if "Number=Sing" in morph else "VBP"
        case "PRON":
            return "WP" if "PronType=Rel" in morph else "PRP"
        case "ADJ" | "NUM" | "ADP" | "ADV" | "DET" | "CCONJ" | "SCONJ" as pos:
            return {"ADJ": "JJ", "NUM": "CD", "ADP": "IN", "ADV": "RB", "DET": "DT", "CCONJ": "CC", "SCONJ": "IN"}[pos]
        case _:
            return str(token.tag_)


def rebuilt(doc: Doc, text: str, tree: _Tree) -> Doc:
    """`doc` with the turned tree and the characters of `text`, which is as long and from which it may differ in marks and spaces alone."""
    from spacy.tokens import Doc

    place: list[int] = []
    words: list[str] = []
    spaces: list[bool] = []
    joints: list[int] = []  # hyphens and spaces that are tokens of their own, and hang on the token before
    for t in doc:
        start, end = t.idx, t.idx + len(t)
        if t.pos_ == "PRON" and len(t) > 1 and text[start] == "-":
            # "a-t-elle": the hyphen is no part of the pronoun
            joints.append(len(words))
            words.append("-")
            spaces.append(False)
            start += 1
        place.append(len(words))
        words.append(text[start:end])
        spaces.append(bool(t.whitespace_) and text[end] == " ")
        if t.whitespace_ and text[end] != " ":
            # a space that does not break
            joints.append(len(words))
            words.append(text[end])
            spaces.append(False)
    n = len(words)
    heads, deps, tags, pos = list(range(n)), ["dep"] * n, ["_SP"] * n, ["SPACE"] * n
    lemmas, morphs, ents = list(words), [""] * n, ["O"] * n
    for t in doc:
        at = place[t.i]
        heads[at], deps[at], tags[at], pos[at] = place[tree.head[t.i]], tree.dep[t.i], tree.tag[t.i], tree.pos[t.i]
        lemmas[at], morphs[at] = tree.lemma[t.i], str(t.morph)
        if t.ent_type_:
            ents[at] = f"{t.ent_iob_}-{_ENTITIES.get(t.ent_type_, t.ent_type_)}"
    for at in joints:
        heads[at] = max(at - 1, 0)
        if words[at] == "-":
            tags[at], pos[at] = "HYPH", "PUNCT"
        if at + 1 < n and ents[at + 1].startswith("I-"):
            ents[at] = ents[at + 1]
    deps = ["ROOT" if heads[i] == i else "dep" if d == "ROOT" else d for i, d in enumerate(deps)]
    return Doc(
        doc.vocab,
        words=words,
        spaces=spaces,
        heads=heads,
        deps=deps,
        tags=tags,
        pos=pos,
        morphs=morphs,
        lemmas=lemmas,
        ents=ents,
    )

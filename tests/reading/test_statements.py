"""What a report states: a sentence of every shape, with the statements that it holds.

A line of `TABLE` is a sentence and, for each of its statements in the order of the text, the words, who says them (outermost first),
and marks: "no" for denied; "planned", "possible" or "demanded" where it is not told as having happened.
"""

from __future__ import annotations

import pytest

from twosource.model import Report, Statement
from twosource.reading import read


def told(text: str) -> tuple[Statement, ...]:
    return read(Report("r", "a.txt", text, "", "", "text/1", language="en")).statements


def shown(s: Statement) -> str:
    marks = [m for m, so in (("no", s.polarity == "denied"), (s.modality, s.modality != "happened")) if so]
    return " | ".join([s.exact, *([" > ".join(v.text for v in s.voice)] if s.voice or marks else []), *marks])


TABLE: list[tuple[str, ...]] = [
    # coordination
    (
        "Norport closed the harbour on Monday, and the ferries stopped running to Orlo.",
        "Norport closed the harbour on Monday",
        "the ferries stopped running to Orlo",
    ),
    (
        "Holm pleaded guilty to two counts of fraud and was fined 4,000 euros.",
        "Holm pleaded guilty to two counts of fraud",
        "was fined 4,000 euros",
    ),
    # … that shares its "not" or "will" with the first verb stays with it
    ("The villagers were not warned or evacuated.", "The villagers were not warned or evacuated |  | no"),
    ("Ness will be tried and sentenced in May.", "Ness will be tried and sentenced in May |  | planned"),
    # relative clauses and participles reach back to what they hang on, or stay with it where they say little
    (
        "The mayor, who took office in May, opened a new bridge over the Sarn.",
        "The mayor, who took office in May",
        "The mayor, who took office in May, opened a new bridge over the Sarn",
    ),
    (
        "The volunteers brought blankets for families who need tents.",
        "The volunteers brought blankets for families who need tents",
    ),
    (
        "Police detained two men carrying petrol bombs near the stadium.",
        "Police detained two men",
        "two men carrying petrol bombs near the stadium",
    ),
    (
        "The dam burst on Sunday, flooding 40 villages along the Tarn.",
        "The dam burst on Sunday",
        "flooding 40 villages along the Tarn",
    ),
    ("It was Holm who ordered the evacuation.", "It was Holm who ordered the evacuation"),
    # apposition
    (
        "Carl Brandal, a former army officer, leads the rescue team.",
        "Carl Brandal, a former army officer, leads the rescue team",
    ),
    # time and cause
    (
        "The strike was called off after the union accepted a pay rise of 4 percent.",
        "The strike was called off",
        "the union accepted a pay rise of 4 percent",
    ),
    # conditions and purposes are not asserted
    ("The bridge may close if the river rises again.", "The bridge may close if the river rises again |  | possible"),
    (
        "The crew opened the gates to relieve pressure on the dam.",
        "The crew opened the gates to relieve pressure on the dam",
    ),
    # reported speech before, after and inside; what only attributes is the voice
    ("Ida Holm said that the dam had burst on Sunday.", "the dam had burst on Sunday | Ida Holm"),
    ("The dam had burst on Sunday, Ida Holm said.", "The dam had burst on Sunday | Ida Holm"),
    (
        "The dam, Ida Holm said on Monday, had burst without warning.",
        "The dam, Ida Holm said on Monday, had burst without warning | Ida Holm",
    ),
    (
        "He added that the gates were rusty and had not been tested since May.",
        "the gates were rusty | He",
        "had not been tested since May | He | no",
    ),
    (
        "Holm told Ness that the council said the bridge would close.",
        "the bridge would close | Holm > the council | planned",
    ),
    ("Witnesses say they saw soldiers beating protesters.", "they saw soldiers beating protesters | Witnesses"),
    (
        "The army said in a statement on Monday that it had not fired; witnesses disagreed.",
        "it had not fired | The army | no",
        "witnesses disagreed",
    ),
    (
        "Ness admitted taking the money but said he meant to pay it back.",
        "Ness admitted taking the money | Ness",
        "he meant to pay it back | Ness | planned",
    ),
    # who gives a number says it
    ("Police put the crowd at 3,000.", "Police put the crowd at 3,000 | Police"),
    (
        "The ministry said that Harbour Bank had estimated the loss at 4 million crowns.",
        "Harbour Bank had estimated the loss at 4 million crowns | The ministry > Harbour Bank",
    ),
    ("Police put the crowd at a little over 3,000.", "Police put the crowd at a little over 3,000 | Police"),
    ("Workers put 40 crates at the gate.", "Workers put 40 crates at the gate"),
    ("Divers put out the fire at 3 a.m. on Sunday.", "Divers put out the fire at 3 a.m. on Sunday"),
    ("The crew put the boat to sea at 5am.", "The crew put the boat to sea at 5am"),
    ("The bank put two guards at the 3 gates.", "The bank put two guards at the 3 gates"),
    # quotations, with the cue between their parts
    (
        '"The dam burst," Ida Holm told reporters. "We lost the lower mill."',
        "The dam burst | Ida Holm",
        "We lost the lower mill | Ida Holm",
    ),
    (
        "“The dam,” said Ida Holm, the mayor of Orlo, “burst on Sunday night.”",
        "The dam,” said Ida Holm, the mayor of Orlo, “burst on Sunday night | Ida Holm, the mayor of Orlo",
    ),
    (
        'The report says: "The gates were rusty and nobody had tested them."',
        "The gates were rusty | The report",
        "nobody had tested them | The report | no",
    ),
    # other ways to attribute
    (
        "According to the police, nine people were hurt in the blast.",
        "nine people were hurt in the blast | the police",
    ),
    (
        "Nine people were hurt in the blast, according to the police.",
        "Nine people were hurt in the blast | the police",
    ),
    ("By his account, the beam weighed two tonnes.", "the beam weighed two tonnes | his"),
    (
        "In her telling, the crew closed the gate before the storm.",
        "the crew closed the gate before the storm | her",
    ),
    (
        "In the indictment, Ness moved the money to three accounts.",
        "Ness moved the money to three accounts | the indictment",
    ),
    (
        "The indictment details how Ness moved the money to accounts in Orlo.",
        "how Ness moved the money to accounts in Orlo | The indictment",
    ),
    # denials: never without the word that denies
    (
        "Peter Ness denied that soldiers had fired on the crowd.",
        "denied that soldiers had fired on the crowd | Peter Ness | no",
    ),
    ("Peter Ness denied having fired the shot.", "Peter Ness denied having fired the shot | Peter Ness | no"),
    ("Ness denied the charges.", "Ness denied the charges | Ness | no"),
    (
        "He denied that Holm had said the dam was safe.",
        "denied that Holm had said the dam was safe | He > Holm | possible",
    ),
    # what somebody did not say is neither so nor not so
    (
        "Ness refused to say whether the army had been warned.",
        "Ness refused to say whether the army had been warned | Ness | possible",
    ),
    (
        "The ministry did not say when the road would reopen.",
        "The ministry did not say when the road would reopen | The ministry | possible",
    ),
    (
        "Police said they had no reason to believe the fire was arson.",
        "they had no reason to believe the fire was arson | Police | no",
    ),
    # negations
    ("The pilot failed to report the fire.", "The pilot failed to report the fire |  | no"),
    ("No one was hurt in the fire.", "No one was hurt in the fire |  | no"),
    ("The bridge was never inspected.", "The bridge was never inspected |  | no"),
    ("There were no survivors, rescuers said.", "There were no survivors | rescuers | no"),
    ("Not one of the gates was closed, the inquiry found.", "Not one of the gates was closed | the inquiry | no"),
    (
        "Neither the mayor nor the minister attended the funeral.",
        "Neither the mayor nor the minister attended the funeral |  | no",
    ),
    ("It is not true that the gates were rusty.", "It is not true that the gates were rusty |  | no"),
    (
        "The ship left port without telling the coast guard.",
        "The ship left port without telling the coast guard",
    ),
    # what is planned, possible, demanded
    ("The council will close the bridge next week.", "The council will close the bridge next week |  | planned"),
    ("The minister is expected to resign on Friday.", "The minister is expected to resign on Friday |  | planned"),
    (
        "The union plans to strike on Friday unless wages rise.",
        "The union plans to strike on Friday unless wages rise | The union | planned",
    ),
    ("The driver must pay a fine of 900 euros.", "The driver must pay a fine of 900 euros |  | demanded"),
    (
        "The ministry urged residents to leave the valley.",
        "The ministry urged residents to leave the valley | The ministry | demanded",
    ),
    (
        "Opposition leaders called for the minister to step down.",
        "Opposition leaders called for the minister to step down |  | demanded",
    ),
    ("Holm is believed to have left the country.", "Holm is believed to have left the country |  | possible"),
    ("Holm allegedly left the country with two suitcases.", "Holm allegedly left the country with two suitcases |  | possible"),
    # passives, accusations
    (
        "Holm was arrested by federal agents at her home in Orlo.",
        "Holm was arrested by federal agents at her home in Orlo",
    ),
    (
        "Holm accused Ness of hiding the report from the council.",
        "Holm accused Ness of hiding the report from the council | Holm",
    ),
    # a subject that is a clause
    (
        "What the inspectors found was a crack nine metres long.",
        "What the inspectors found was a crack nine metres long",
    ),
    # headlines and fragments
    (
        "Storm kills nine in Orlo as rivers burst their banks",
        "Storm kills nine in Orlo",
        "rivers burst their banks",
    ),
    ("Nine dead.", "Nine dead"),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_a_sentence_holds_these_statements(row: tuple[str, ...]) -> None:
    sentence, *expected = row
    assert [shown(s) for s in told(sentence)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ORLO (Tarn News) — Nine people drowned in the flood.", ["Nine people drowned in the flood"]),
        ("Nine people drowned in the flood. Read more: The quay in pictures", ["Nine people drowned in the flood"]),
        ("Dam bursts near Orlo\nBy Ana Roe\nNine people drowned.", ["Dam bursts near Orlo", "Nine people drowned"]),
    ],
)
def test_furniture_is_trimmed_and_the_headline_kept(text: str, expected: list[str]) -> None:
    assert [s.exact for s in told(text)] == expected


def test_a_headline_is_evidence_and_its_byline_is_not() -> None:
    text = "Dam bursts near Orlo\nBy Ana Roe\nNine people drowned."
    report = Report("r", "a.txt", text, "", "", "text/1", language="en")
    head = (report.span(0, 20), report.span(21, 31))
    page = Report("r", "a.txt", text, "", "", "text/1", language="en", head=head)
    assert [s.exact for s in read(page).statements] == ["Dam bursts near Orlo", "Nine people drowned"]


@pytest.mark.parametrize(
    ("text", "senses"),
    [
        # the subject of the first verb
        ("Holm pleaded guilty to two counts of fraud and was fined 4,000 euros.", "Holm was fined 4,000 euros"),
        # what a relative pronoun stands for, as subject, as object and as owner
        ("The mayor, who took office in May, opened a new bridge.", "The mayor took office in May"),
        ("The bridge that Ness built in 2011 collapsed on Friday.", "Ness built in 2011 The bridge"),
        ("Holm, whose brother owns the mill, left Orlo in March.", "Holm ’s brother owns the mill"),
        # whom a pronoun means
        ("Ida Holm left Orlo. Police searched her house on Sunday.", "Police searched Ida Holm’s house on Sunday"),
        # without the cue
        ("Peter Ness denied that soldiers had fired on the crowd.", "soldiers had fired on the crowd"),
    ],
)
def test_the_sense_stands_alone(text: str, senses: str) -> None:
    assert senses in [s.sense for s in told(text)]


def test_a_statement_names_who_what_and_when() -> None:
    text = "The council, Ida Holm said, will close three bridges on the Sarn in May."
    (s,) = told(text)
    reading = read(Report("r", "a.txt", text, "", "", "text/1", language="en"))
    assert s.predicate == ("close", "bridge")
    assert s.subject == ("council",)
    assert [reading.figures[i].exact for i in s.figures] == ["three"]
    assert [reading.times[i].exact for i in s.times] == ["May"]
    assert {"council", "close", "bridge", "sarn"} <= set(s.words)

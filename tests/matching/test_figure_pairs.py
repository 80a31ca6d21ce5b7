"""Pairs of figures in two short reports: one quantity or two. Written before the grouping was tuned on it; all in it is invented.

Each case names the kind of pair, the two reports, and the two figures by their words. `same`: one quantity, the same or another number;
`series`: one count at two times; `correction`: one count, taken back. `other`: two quantities; `part`: a part and its whole.
"""

from __future__ import annotations

from functools import cache

import pytest

from twosource.matching.figures import figure_groups
from twosource.model import Reading, Report
from twosource.reading import read

JOINED = {"same", "series", "correction"}

CASES: list[tuple[str, str, str, str, str]] = [
    # one quantity
    ("same", "A ferry sank off Tolmar on Monday and 26 people drowned.", "26", "The sinking of the ferry cost 26 lives, the coastguard of Tolmar said.", "26"),
    ("same", "Police detained 340 marchers in Orvik.", "340", "In Orvik about 350 people were arrested, the police said.", "about 350"),
    ("same", "The bus carried 48 pilgrims when it left the road.", "48", "There were 48 people on board the bus, the company said.", "48"),
    ("same", "Some 2,000 families had to leave their homes in Halm because of the flood.", "Some 2,000", "The flood drove about 2,000 families from their homes.", "about 2,000"),
    ("same", "The company will cut 1,200 jobs, it said on Monday.", "1,200", "Marn Steel plans to shed 1,200 posts by spring.", "1,200"),
    ("same", "The mayor said the lorry had weighed 44 tonnes when it broke through.", "44 tonnes", "According to its owner, the lorry weighed 31 tonnes.", "31 tonnes"),
    ("same", "The new tunnel is 7 kilometres long.", "7 kilometres", "The tunnel has a length of 7.2 kilometres.", "7.2 kilometres"),
    ("same", "Fire destroyed 17 houses in the village of Besk.", "17", "Seventeen homes burned down in Besk, firefighters said.", "Seventeen"),
    ("same", "Turnout was 61 percent, the commission said.", "61 percent", "The election commission put turnout at 61.4 percent.", "61.4 percent"),
    ("same", "The gunmen took 15 hostages at the bank.", "15", "At least 15 people were held hostage in the bank.", "At least 15"),
    ("same", "Velna Airlines ordered 30 aircraft.", "30", "The airline will buy 30 planes, Velna's chief executive said.", "30"),
    ("same", "The theft cost the museum $3.2 million.", "$3.2 million", "Thieves took jewels worth $3.2 million from the museum.", "$3.2 million"),
    ("same", "The quake, of magnitude 6.3, struck at dawn.", "6.3", "The earthquake measured 6.1 on the Richter scale.", "6.1"),
    ("same", "The trapped miners are 250 metres below ground.", "250 metres", "Rescuers say the miners are stuck at a depth of 250 metres.", "250 metres"),
    ("same", "Organisers said 20,000 people marched through Orvik on Saturday.", "20,000", "Police put the number of marchers in Orvik at 8,000.", "8,000"),
    ("same", "He was sentenced to nine years in prison.", "nine years", "The court gave him a prison term of nine years.", "nine years"),
    ("same", "Doctors are treating 33 people for burns.", "33", "The burns unit has taken in 33 patients, doctors said.", "33"),
    ("same", "The strike halted 112 flights on Friday.", "112", "Airlines cancelled 112 flights because of the strike.", "112"),
    ("same", "The vote in parliament was won by a majority of 14 votes.", "14", "Her majority in parliament was 14 votes.", "14"),
    # one count at two times
    ("series", "At least six people died when the roof of a market fell in at Karsk.", "At least six", "The death toll from the fall of the market roof at Karsk has risen to 11.", "11"),
    ("series", "The avalanche killed three skiers.", "three", "Seven bodies have now been recovered from the avalanche.", "Seven"),
    ("series", "Police said 40 people had been hurt in the blast at the mill.", "40", "The number of injured in the mill blast rose to 65.", "65"),
    ("series", "Officers arrested 120 people in the capital by noon.", "120", "By evening 190 people had been arrested in the capital, police said.", "190"),
    ("series", "The firm recalled 5,000 heaters on Tuesday.", "5,000", "The recall has been widened to 8,000 heaters.", "8,000"),
    ("series", "The outbreak has made 21 guests of the hotel ill.", "21", "The hotel outbreak has now sickened 29 guests.", "29"),
    ("series", "Eleven people were missing after the landslide, rescuers said.", "Eleven", "Four people were still unaccounted for after the landslide.", "Four"),
    ("series", "The fire has burned 900 hectares of forest.", "900 hectares", "By Sunday 1,400 hectares of forest had burned.", "1,400 hectares"),
    ("series", "Toll rises to 9 in Derrin mine blast", "9", "Rescuers at the Derrin mine brought up more bodies, and 12 people are now known to have died in the blast.", "12"),
    # taken back
    ("correction", "At least 30 people died in the crash, police said.", "At least 30", "Police corrected the death toll from the crash: 22 people died.", "22"),
    ("correction", "The storm killed 18 people in Belmar.", "18", "The authorities in Belmar lowered the storm's toll to 15.", "15"),
    # two quantities
    ("other", "The flood killed 14 people in Halm.", "14", "The flood cut off 14 villages in Halm.", "14"),
    ("other", "The crash killed eight people.", "eight", "The crash was the worst since 1994, when a train left the rails at Dorn and 52 people were killed.", "52"),
    ("other", "The fire in the hostel killed 10 people.", "10", "In 2009 a fire in a hostel at Sund killed 12 people.", "12"),
    ("other", "Twelve people were killed by the bomb in Tarn.", "Twelve", "A bomb in Velm last year killed 13 people.", "13"),
    ("other", "The blast killed five workers.", "five", "The blast injured five workers.", "five"),
    ("other", "Three people were arrested after the robbery.", "Three", "Three people were hurt in the robbery.", "Three"),
    ("other", "The town of Orvik has 40,000 people.", "40,000", "The march in Orvik drew 40,000 people.", "40,000"),
    ("other", "The bridge is 300 metres long.", "300 metres", "Police closed the road 300 metres from the bridge.", "300 metres"),
    ("other", "She paid $500 for a dress.", "$500", "He was fined $500.", "$500"),
    ("other", "The judge gave him two years in prison.", "two years", "The inquiry took two years.", "two years"),
    ("other", "The union says pay rose by 4 percent.", "4 percent", "Shares fell 4 percent on Monday.", "4 percent"),
    ("other", "Two officers were wounded in the raid.", "Two", "Two ministers resigned over the raid.", "Two"),
    ("other", "The plant employs 2,500 people.", "2,500", "About 2,500 people watched the fire at the plant.", "About 2,500"),
    ("other", "The limit on the bridge is 40 tonnes.", "40 tonnes", "The lorry on the bridge weighed 46 tonnes.", "46 tonnes"),
    ("other", "The company recalled 5,000 heaters.", "5,000", "In 2018 the company recalled 7,000 toasters.", "7,000"),
    ("other", "Tarn lies 35 kilometres from the coast.", "35 kilometres", "Orvik lies 60 kilometres from the coast.", "60 kilometres"),
    ("other", "The ministry sent 200 soldiers to the border.", "200", "The rebels said that they had killed 200 soldiers.", "200"),
    ("other", "Six men were charged with fraud.", "Six", "They face up to six years in prison.", "up to six years"),
    ("other", "Turnout was 55 percent.", "55 percent", "The governor won 55 percent of the vote.", "55 percent"),
    # a part and its whole
    ("part", "The crash killed nine people, among them three children.", "three", "Nine people died in the crash.", "Nine"),
    ("part", "The storm killed 40 people.", "40", "Four of those killed by the storm were sailors.", "Four"),
    ("part", "Police arrested 60 people in the region.", "60", "Of those arrested, 12 were released without charge.", "12"),
    ("part", "Nineteen people died in the fire.", "Nineteen", "Two more people died in hospital on Tuesday.", "Two"),
    ("part", "The quake killed 200 people across the island.", "200", "In the village of Besk alone 45 people died in the quake.", "45"),
    ("part", "About 1,000 people were arrested across the country.", "About 1,000", "In Tarn police arrested 119 people.", "119"),
    ("part", "The company recalled 80,000 cars.", "80,000", "Of the recalled cars 3,000 were sold in Velm.", "3,000"),
    ("part", "The bus carried 50 people.", "50", "Another 20 people were on the second bus.", "20"),
]  # fmt: skip


@cache
def reading(text: str, name: str, day: str) -> Reading:
    return read(Report(f"r-{name}", f"{name}.txt", text, "", "", "text/1", published=day, language="en"))


def joined(first: str, one: str, second: str, other: str) -> bool:
    """Whether the figure `one` of the first report and `other` of the second stand in one group."""
    readings = [reading(first, "a", "2031-05-06"), reading(second, "b", "2031-05-07")]
    refs = []
    for r, words in zip(readings, (one, other), strict=True):
        found = [i for i, f in enumerate(r.figures) if words in f.exact]
        assert found, f"{words!r} is read in {r.report.text!r} as a figure"
        refs.append((r.report.id, found[0]))
    groups = [{(ref.report, ref.index) for ref in group} for group in figure_groups(readings, {})]
    return any(set(refs) <= group for group in groups)


#: What is still got wrong, by the words of the first report: other verbs without a shared noun, and round numbers that meet by chance.
MISSED = (
    "The gunmen took 15", "Organisers said 20,000", "Doctors are treating 33", "The avalanche killed three",
    "The plant employs 2,500", "Tarn lies 35",
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "first", "one", "second", "other"),
    [pytest.param(*c, marks=pytest.mark.xfail(strict=True)) if c[1].startswith(MISSED) else c for c in CASES],
)
def test_what_is_one_quantity_stands_in_one_group(kind: str, first: str, one: str, second: str, other: str) -> None:
    assert joined(first, one, second, other) is (kind in JOINED)

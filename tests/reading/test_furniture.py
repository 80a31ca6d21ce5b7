"""Page furniture: what is marked, and, more important, what is not.

Each text stands as a site might print it; a line that is furniture as a whole begins with "~", and what is furniture inside a line
stands in ⟦ ⟧. The marks are taken out before the text is read.
"""

import itertools
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.model import Report
from twosource.reading.furniture import furniture
from twosource.sources import from_text
from twosource.sources.page import article


def report(text, title=None, byline=None):
    return Report("r1", "a.txt", text, "", "", "text/1", title=title, byline=byline)


def marked(text, **known) -> list[str]:
    return [span.exact for span in furniture(report(text, **known))]


def with_marks(text) -> tuple[str, list[str]]:
    """The text without its marks, and what they mark."""
    lines, furnished = [], []
    for line in text.strip().split("\n"):
        if line.startswith("~"):
            line = line[1:]
            furnished.append(line)
        while "⟦" in line:
            before, _, rest = line.partition("⟦")
            inside, _, after = rest.partition("⟧")
            furnished.append(inside)
            line = before + inside + after
        lines.append(line)
    return "\n".join(lines), furnished


TEXTS = {
    "a wire story": """
⟦OSKEL, Norland (AP) —⟧ A ferry with forty people on board sank before dawn on Tuesday, the coast guard said.
Nine people are missing, it said in a statement. "We are still searching," said its chief, Jon Aske.
~___
~Associated Press writer Mara Lind contributed to this report.
~Copyright 2031 The Associated Press. All rights reserved. This material may not be published, broadcast, rewritten or redistributed.
""",
    "a wire story with its desk": """
⟦OSKEL, March 4 (Reuters) -⟧ Norland's central bank left its rate at 4% on Tuesday, as expected by most analysts.
Governor Ilsa Brandt said prices had risen by 2.1% in February.⟦ (Reporting by Tom Vane; Editing by Mara Lind)⟧
""",
    "a local paper": """
Bridge closed after crack is found
~By JANE ROE and TOM VANE
~Posted 3/4/2031 7:21 AM
~Updated 3:41 PM
The bridge over the Lind was closed on Tuesday after engineers found a crack in one of its cables.
~Advertisement
Mayor Ana Holt said it would stay closed for a month. ⟦Photo: Jane Roe/Oskel Times⟧
~Sign up for our newsletter to get the news of the valley in your inbox
~12 comments
""",
    "a broadcaster": """
Flood in the valley: three villages cut off
~4 March 2031
~Image source, Getty Images
~Image caption, The river at Lind on Monday
Three villages in the valley of the Lind were cut off by water on Monday.
~Related topics
~More on this story
~Storm closes the port of Oskel
~Farmers ask for help
""",
    "a magazine": """
~By Ilsa Brandt, Staff Writer
~5 min read
~Share this article
~Facebook Twitter WhatsApp Email
The minister resigned on Friday, after a week in which four of her aides had left. See what she wrote in her letter.
~Read more: The week that broke the ministry
“I have nothing to add,” she told this magazine.⟦ See also: 'The aides who left'⟧
~Follow Ilsa Brandt on Twitter @ilsabrandt.
~Get our daily briefing delivered to your inbox
""",
    "a page of a newspaper in print": """
Killer wave hits the coast
~Published: March 4, 2031
~Map of Norland showing the coast that was hit: Twelve villages lie on it.
A wave hit the coast on Sunday and killed 14 people. The sea rose by six metres within minutes, witnesses said.
~Continue reading the main story
It was the worst since 1931.
~© 2031 The Harbour Post Company
""",
    "a live page": """
The vote in Norland: live
~9:05 p.m.
The first counts are in. The Greens lead in Oskel with 41 percent.
~9:30 p.m.
⟦UPDATE 9:40 p.m. --⟧ The prime minister has conceded, her party says.
~This is a developing story and will be updated.
~Click here for the latest results
""",
    "a blog": """
~Posted on 4 March 2031 at 5:19 pm by Tom Vane
~Filed under: Norland, Shipping
I was on the quay when the ferry came in. Nobody said a word.
~Tags: ferry, Oskel
~Share
~Tweet
~Leave a comment
""",
    "captions inside": """
~FILE - In this Jan. 4, 2031, file photo, the ferry Mara lies in the port of Oskel.
~Rescuers search the beach at Lind on Tuesday. (AP Photo/Tom Vane)
The search will go on, the coast guard said.
~Photo by Jane Roe/Getty Images
~Jane Roe / Reuters
""",
    "an agency of the state": """
~Tuesday, March 4-2031 at 16:12
⟦OSKEL, March 4 (NNA) –⟧ The president received the ambassador on Tuesday.
~Advertisement - continue reading below
They spoke about trade. ⟦Read more: The ambassador's first year⟧
~For more news visit www.nna.example
~https://www.nna.example/2031/03/04
""",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_furniture_of_texts(text):
    text, expected = with_marks(text)
    found = marked(text)
    assert [f.strip() for f in found] == [e.strip() for e in expected if any(c.isalnum() for c in e)]


PAGES = {
    "share and related": "<p>Share this story</p>{}<p>Read more: <a href='#'>The storm in pictures</a></p>",
    "newsletter in the middle": "{}<p>Sign up for our daily newsletter</p><p>The port opened again on Friday.</p>",
    "caption": "<figure><img src='x'><figcaption>The quay. Photo: Jane Roe/HP</figcaption></figure>{}",
    "byline and time": "<p>By Jane Roe and Tom Vane</p><p>Updated 3:41 PM</p>{}",
    "dateline": "<p>OSKEL, Norland (AP) — The port was closed for the third day.</p>{}",
    "copyright": "{}<p>© 2031 The Harbour Post. All rights reserved.</p>",
    "contributed": "{}<p>Mara Lind contributed to this report.</p>",
    "follow": "{}<p>Follow us on Facebook</p><p>Click here to subscribe</p>",
    "ad": "{}<p>Advertisement</p><p>The port opened again on Friday, the harbour master said.</p>",
    "teaser in a paragraph": "{}<p>The port opened again on Friday. See also: <a href='#'>Why the port was closed</a></p>",
}
STORY = [
    "The harbour master of Oskel closed the port on Monday because of high waves, and no ship has left it since.",
    "“We will open when the sea allows it,” Jon Aske told reporters, who had asked him about the price of the delay.",
    "Forty ships are waiting, among them two with grain for Norland’s mills, according to the shipping agency.",
]


@pytest.mark.parametrize("markup", PAGES.values(), ids=PAGES)
def test_furniture_of_pages(markup):
    body = markup.format("".join(f"<p>{p}</p>" for p in STORY))
    text = article(f"<html><body><article><h1>Port closed for a third day</h1>{body}</article></body></html>")["text"]
    rest = list(text)
    for span in reversed(furniture(from_text(text))):
        rest[span.start : span.end] = []
    left = [line.strip() for line in "".join(rest).split("\n") if line.strip()]
    said = {
        "Port closed for a third day", "The port opened again on Friday.", "The port was closed for the third day.",
        "The port opened again on Friday, the harbour master said.", *STORY,
    }  # fmt: skip
    assert set(left) <= said
    assert set(STORY) <= set(left)


PROSE = [
    "By Tuesday evening nine bodies had been found.",
    "By Land and by Sea",
    "By Train To Oskel",
    "Posted by the group on Monday, the video shows a boat turning over.",
    "Updated figures were published on Tuesday.",
    "Photos by the agency show the damage.",
    "Images show that protesters are covered in bruises.",
    "Share prices fell by 3 percent on Monday.",
    "Follow the money, the prosecutor told the jury.",
    "Support for members of the union fell.",
    "Like others on Facebook, Roe was angry.",
    "Several factors contributed.",
    "Terms of the deal were not disclosed.",
    "Read out in court, the letter named two ministers.",
    "Watch towers were built along the border.",
    "More than forty people were on board.",
    "Comments by the minister were not welcome.",
    "Press on the island reported a fire.",
    "Get out, the police told them.",
    "Sources: two officials and a diplomat, all of whom asked not to be named.",
    "Related charges were dropped in May.",
    "See also was the name of the boat.",
    "Correction: an earlier version said that eleven were killed; it was nine.",
    "This story has been updated to correct the number of the dead.",
    "The report, first published on Monday, names three men.",
    "“Sign up for the newsletter,” she said.",
    "1,200",
    "Nine Missing After Ferry Sinks Off Oskel",
    "STORM CLOSES PORT OF OSKEL",
    "Home fires were lit across Norland.",
    "Copyright law does not cover it, the court said.",
    "Join us or leave, the rebels told the village.",
    "Reporting restrictions were lifted on Friday.",
    "Translated into English, the motto means patience.",
    "Video of the crash was shown in court.",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_not_furniture(line):
    middle = "\n".join(["A first line of the report says something."] * 12)
    assert marked(line) == []
    if line.endswith((".", "!", "?", '"', "”")):  # what has no stop is a heading there, and no prose
        assert marked(f"{middle}\n{line}\n{middle}") == []
    assert marked(f"{line}\n{middle}") == []


def test_a_headline_is_never_furniture():
    assert marked("Watch: The ferry goes down\nA ferry sank.", title="Watch: the ferry goes down") == []
    assert marked("Watch: The ferry goes down\nA ferry sank.") == ["Watch: The ferry goes down"]


def test_the_byline_that_is_known_is_marked():
    assert marked("Ferry sinks\nIlsa Brandt\nA ferry sank.", byline="Ilsa Brandt") == ["Ilsa Brandt"]


def test_a_teaser_in_the_middle_of_a_line_ends_with_its_title():
    text = "The port is closed. See also: Is this the end of the port? The mayor said that it was not."
    assert marked(text) == ["See also: Is this the end of the port?"]


def test_a_list_of_other_stories_ends_where_prose_begins():
    text = "A ferry sank.\n\nRelated stories\nStorm closes port\nFarmers ask for help\n\nThe ship was built in 1990, and it had been repaired twice.\nNobody knows why\n"
    assert marked(text) == ["Related stories", "Storm closes port", "Farmers ask for help"]


@given(
    st.lists(
        st.sampled_from([*PROSE, "See also: More", "Share", "OSKEL (AP) — It sank.", "", "\u2028", "  By Jane Roe  "]),
        max_size=12,
    ),
    st.text(max_size=30),
)
def test_marks_are_in_order_and_do_not_overlap(lines, noise):
    random.Random(len(noise)).shuffle(lines)
    text = "\n".join([*lines, noise])
    spans = furniture(report(text))
    assert all(text[s.start : s.end] == s.exact and not s.exact[0].isspace() for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize(
    "line",
    ["A" * 300 + "!", "Share " + " " * 290 + "!", "By " + "Ana " * 70 + "!", "UPDATE" + " " * 7000 + "!", "A-" * 4000, ". " * 100_000,
     "Home > " * 40, "Posted " * 40, "(" * 300, "x" * 2_000_000, "See also: " * 50_000, "\n" * 100_000, "Share\n" * 20_000],
    ids=lambda line: repr(line[:8]),
)  # fmt: skip
def test_no_text_makes_it_slow(line):
    began = time.process_time()
    furniture(report(f"A ferry sank. {line}"))
    furniture(report(line))
    assert time.process_time() - began < 2


def test_crossheads_and_captions_stand_without_a_stop_inside_a_text_that_has_them():
    text = (
        "Fire guts the mill at Oslind\nThe mill burned down on Monday.\nNobody was hurt.\nFour crews came from Lind.\n"
        "The roof fell in before noon\nThey worked through the night.\nThe owner said that he would build again."
    )
    assert marked(text) == ["The roof fell in before noon"]


def test_a_text_that_puts_no_stops_keeps_all_its_lines():
    text = "The mill burned down on Monday\nNobody was hurt\nFour crews came from Lind\nThey worked through the night"
    assert marked(text) == []

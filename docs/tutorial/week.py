"""A week of three invented newsrooms, on this machine: `python docs/tutorial/week.py` serves their feeds at http://127.0.0.1:8031.

Which day it is stands in the file `today`, in the folder where it is started: monday to sunday, and monday where there is no such file.
A feed holds what its newsroom has published by that day, and a text that has been corrected by then as it was corrected.
"""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEWSROOMS = {"post": "The Corrie Post", "telegraph": "Valley Telegraph", "times": "Morrow Times"}


class Article(NamedTuple):
    """What a newsroom publishes on a day, and what a later day makes of its words."""

    newsroom: str
    day: str
    title: str
    text: str
    corrected: str | None = None
    was: str = ""
    now: str = ""


WEEK = (
    Article(
        "post",
        "monday",
        "Mudslide buries houses in Tolvane",
        """A mudslide buried six houses in the village of Tolvane on Sunday night after three days of rain.

Three people were killed, the rescue service said. Four others were still missing on Monday morning.

The slide came down at about 11 p.m. and blocked the road to Corrie. Some 200 villagers spent the night in the school.

"It sounded like a train," said Marta Illin, a baker whose house was spared.""",
        corrected="friday",
        was="in the school",
        now="in the church",
    ),
    Article(
        "telegraph",
        "tuesday",
        "Three dead under mud in mountain village",
        """Three people died when a mudslide hit the mountain village of Tolvane on Sunday night, Mayor Irena Vask said on Tuesday.

The mud buried six houses at the foot of the slope. Soldiers with dogs searched for the missing.

Trains between Corrie and Tolvane were cancelled until Thursday, the railway said.""",
    ),
    Article(
        "times",
        "wednesday",
        "Death toll of Tolvane mudslide rises to five",
        """The mudslide in Tolvane has killed five people, the rescue service said on Wednesday after two more bodies were found.

The mudslide buried six houses in the village on Sunday night. Two people are still missing.

The slope above the village had been declared unsafe in March, said Tomas Reyl, a geologist at the University of Morrow.""",
    ),
    Article(
        "telegraph",
        "saturday",
        "Mayor rejects blame for Tolvane mudslide",
        """Mayor Irena Vask of Tolvane denied on Saturday that the slope above the village had been declared unsafe in March.

"Nobody warned us," she said. The mudslide buried six houses on Sunday night and killed five people.

The village will bury its dead on Monday.""",
    ),
)


def feed(newsroom: str, today: str) -> str:
    """The feed of a newsroom as it stands on a day: RSS with the whole of each text."""
    by_now = DAYS[: DAYS.index(today) + 1]
    items = []
    for number, a in enumerate(WEEK):
        if a.newsroom != newsroom or a.day not in by_now:
            continue
        text = a.text.replace(a.was, a.now) if a.corrected in by_now else a.text
        told = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n\n"))
        items.append(
            f"<item><title>{escape(a.title)}</title><link>https://{newsroom}.example/{number}</link>"
            f"<pubDate>{a.day[:3].title()}, {5 + DAYS.index(a.day):02} May 2031 09:00:00 +0000</pubDate>"
            f"<content:encoded><![CDATA[{told}]]></content:encoded></item>"
        )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{NEWSROOMS[newsroom]}</title>{''.join(items)}</channel></rss>"
    )


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """The feeds on this machine, at /post, /telegraph and /times; the day is read from `folder` whenever one is asked for."""

    class Newsstand(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """A feed; nothing else is there."""
            name, today = self.path.strip("/"), folder / "today"
            found = name in NEWSROOMS
            told = feed(name, today.read_text().strip() if today.exists() else DAYS[0]).encode() if found else b""
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            """It says nothing."""

    return ThreadingHTTPServer(("127.0.0.1", port), Newsstand)


if __name__ == "__main__":
    with server(Path.cwd(), int(sys.argv[1]) if len(sys.argv) > 1 else 8031) as stand:
        print(f"feeds at http://127.0.0.1:{stand.server_port}/ until Ctrl+C")
        stand.serve_forever()

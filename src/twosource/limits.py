"""Every cap in one place, each with its reason."""

from __future__ import annotations

#: Bytes of one file. The largest real article pages measured are under 5 MB; a JSON-lines file is read line by line and has no cap
#: of its own.
FILE_BYTES = 64 * 1024 * 1024

#: Bytes of one line of a JSON-lines file: one report.
LINE_BYTES = 16 * 1024 * 1024

#: Characters of one report that are read; what stands beyond is kept and named as unread. 100,000 are 16,000 words, more than any
#: report that is printed in one piece; the parse takes about 5 s, and comparing its statements, whose cost grows with their square,
#: as much as sixty ordinary reports.
READ_CHARACTERS = 100_000

#: Characters parsed in one piece. A parse costs memory with the length of its piece, so longer lines are cut, at the end of a
#: sentence where there is one.
PIECE_CHARACTERS = 8_000

#: Seconds that one page's extraction may take before its worker is killed: trafilatura's cost grows faster than the page (50,000
#: paragraphs: over 20 s).
EXTRACTION_SECONDS = 20.0

#: Seconds that the extracting worker may take to start: about one on a machine at rest, over twenty seen on one with six busy processes.
EXTRACTOR_START_SECONDS = 120.0

#: Bytes of memory that the extracting worker may take: the tree of the largest file, and the extractor's copies of it.
EXTRACTION_BYTES = 3 * 1024 * 1024 * 1024

#: Files taken from one folder, so that a mistaken `/` does not run for a day.
FOLDER_FILES = 10_000

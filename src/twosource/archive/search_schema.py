"""The tables of the search index. All of it can be made again from versions and readings (`search_filling`); none of it is evidence.

Words stand in what each database has for them. SQLite: two FTS5 tables, `search_words` (words) and `search_read` (names, said), whose
rowid is the version's id. Their tokenizer is "ascii", which takes each word of ours as it is: they hold no ASCII but letters and digits.
PostgreSQL: `search_vectors` with a tsvector of each, and GIN. The rest is the same on both, and stands here.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from twosource.archive.schema import metadata

#: Which rules made the words (`search_words.RULES`), and whether they are made still (`search_filling`): one row.
state = Table("search_state", metadata, Column("rules", String(32), primary_key=True))

#: What a report came from, once: `words` are those of the outlet's name and of the address's host, with a space before and behind each.
outlets = Table(
    "search_outlets",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("words", Text, nullable=False),
)

#: One row a version. `newest`: no later version of its report is there. `day` is that of publication as the report gives it, "" where it
#: gives none. `reading` is the id of the reading that names, quotes and figures are of; null: it has not been read.
entries = Table(
    "search_entries",
    metadata,
    Column("version", Integer, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("report", Integer, nullable=False, index=True),
    Column("name", String(64), nullable=False),
    Column("newest", Boolean, nullable=False),
    Column("day", String(10), nullable=False),
    Column("outlet", String(16), ForeignKey("search_outlets.id")),
    Column("reading", Integer),
    # In the order of an answer without words, with all that is asked of an entry: no row is looked up for what is passed over.
    Index("search_entries_day", "day", "version", "newest", "reading", "outlet", "name"),
)

#: Where sentences, names and quotes stand in a version that has been read: `search_contents.packed`.
places = Table(
    "search_places",
    metadata,
    Column("version", Integer, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)

#: The figures of versions that have been read: the range, null where it is open, and the words of its unit and of what it counts, with a
#: space before and behind each.
figures = Table(
    "search_figures",
    metadata,
    Column("version", Integer, ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("low", Float(53)),
    Column("high", Float(53)),
    Column("words", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("search_figures_low", "low", "version"),
    Index("search_figures_high", "high", "version"),
)

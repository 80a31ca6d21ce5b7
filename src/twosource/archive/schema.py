"""The tables of an archive. What is evidence — captures, raw bytes, versions, the log — is only ever added to; triggers say so.

Evidence and working copies stand apart: readings, stories and reconciliations can be made again from versions, `working` holds what
somebody notes beside them (a feed's state, a reviewer's mark), and nothing written there changes a capture. Every row of what is kept
holds the `digest` of its other columns, and the log holds it too, so that a change is seen on reading and proved by `check`.

`migrations/` makes these tables in a database. This module says what the newest schema is, for the queries. Times are text, ISO 8601 in
UTC; ids are whole numbers without gaps, given by the one writer; hashes are sha-256 in hexadecimal digits.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

#: A set of raw bytes as it was first seen: `sha256` is its identity, `address` where it came from, `redirects` the addresses on the way
#: (a JSON array), `answer` what the site said with it (a JSON object: status, headers, the address that answered), `at` when, `tool` what
#: fetched or opened it, with its version, `who` who ran that.
captures = Table(
    "captures",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("address", Text, nullable=False),
    Column("redirects", Text, nullable=False),
    Column("answer", Text),
    Column("at", String(32), nullable=False),
    Column("tool", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("nuls", Text),
    Column("digest", String(64), nullable=False),
)

#: The raw bytes of a capture, where they are kept: `packing` is "plain" or "zlib", `size` the number of bytes unpacked.
raw = Table(
    "raw",
    metadata,
    Column("sha256", String(64), ForeignKey("captures.sha256"), primary_key=True),
    Column("packing", String(8), nullable=False),
    Column("size", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)

#: One report through all its versions; `key` says what makes them one (`identity.key`).
reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
)

#: One version of a report: a `model.Report`, whose id is `name`. `number` counts the versions of a report from 1; the highest is the
#: current one. `text` is the report's text; where a column of text holds a NUL, which PostgreSQL cannot, "␀" stands in its place and
#: `nuls` says where (a JSON object of columns and offsets). `head` is a JSON array of [start, end].
versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("report", Integer, ForeignKey("reports.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", String(64), nullable=False, unique=True),
    Column("sha256", String(64), ForeignKey("captures.sha256"), nullable=False, index=True),
    Column("text_sha256", String(64), nullable=False),
    Column("file", Text, nullable=False),
    Column("extractor", Text, nullable=False),
    Column("url", Text),
    Column("outlet", Text),
    Column("title", Text),
    Column("byline", Text),
    Column("credit", Text),
    Column("published", Text),
    Column("language", Text),
    Column("same_source_as", Text),
    Column("head", Text, nullable=False),
    Column("added", String(32), nullable=False),
    Column("nuls", Text),
    Column("digest", String(64), nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("report", "number", name="versions_report_number"),
)

#: What a reader made of a version: `body` is `readings.pack`ed, `reader` names the reader with its versions.
readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, ForeignKey("versions.id"), nullable=False),
    Column("reader", String(128), nullable=False),
    Column("at", String(32), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("version", "reader", name="readings_version_reader"),
)

#: What was made of many reports: `kind` is "story" or "reconciliation", `name` its id, `number` counts what was kept under one name from 1,
#: `body` is JSON text, packed as that of readings.
products = Table(
    "products",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("name", String(128), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", String(32), nullable=False),
    Column("tool", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("kind", "name", "number", name="products_kind_name_number"),
)

#: Which versions a product is made of.
members = Table(
    "members",
    metadata,
    Column("product", Integer, ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, ForeignKey("versions.id"), primary_key=True, index=True),
)

#: Working copies: what somebody notes beside the evidence. Changed freely, and not in the log.
working = Table(
    "working",
    metadata,
    Column("kind", String(64), primary_key=True),
    Column("name", String(512), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", Text, nullable=False),
)

#: Every change to what is kept, in order: `digest` is that of the row it speaks of, `before` the hash of the entry before, `hash` that of
#: this one (`log.hashed`).
log = Table(
    "log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("tool", Text, nullable=False),
    Column("action", String(32), nullable=False),
    Column("subject", String(320), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("before", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False),
    Index("log_subject_action", "subject", "action"),
)

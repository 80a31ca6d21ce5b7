"""The search index. What the archive holds by then is indexed in the same transaction, by `upgrades`."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table("search_state", sa.Column("rules", sa.String(32), primary_key=True))
    op.create_table(
        "search_outlets",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_table(
        "search_entries",
        sa.Column("version", sa.Integer, sa.ForeignKey("versions.id"), primary_key=True, autoincrement=False),
        sa.Column("report", sa.Integer, nullable=False, index=True),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("newest", sa.Boolean, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("outlet", sa.String(16), sa.ForeignKey("search_outlets.id")),
        sa.Column("reading", sa.Integer),
    )
    op.create_index("search_entries_day", "search_entries", ["day", "version"])
    op.create_table(
        "search_places",
        sa.Column("version", sa.Integer, sa.ForeignKey("versions.id"), primary_key=True, autoincrement=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "search_figures",
        sa.Column("version", sa.Integer, sa.ForeignKey("versions.id"), primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("low", sa.Float(53)),
        sa.Column("high", sa.Float(53)),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    op.create_index("search_figures_low", "search_figures", ["low", "version"])
    op.create_index("search_figures_high", "search_figures", ["high", "version"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize = 'ascii')")
        op.execute("CREATE VIRTUAL TABLE search_read USING fts5(names, said, tokenize = 'ascii')")
    else:
        op.execute(
            "CREATE TABLE search_vectors (version integer PRIMARY KEY REFERENCES versions (id), "
            "words tsvector NOT NULL, names tsvector NOT NULL, said tsvector NOT NULL, stream text, said_stream text)"
        )
        for column in ("words", "names", "said"):
            op.execute(f"CREATE INDEX search_vectors_{column} ON search_vectors USING gin ({column})")

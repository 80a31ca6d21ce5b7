"""The index of entries by day holds all that a search asks of an entry, so that no row is looked up for what it then passes over."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index anew."""
    op.drop_index("search_entries_day", "search_entries")
    op.create_index("search_entries_day", "search_entries", ["day", "version", "newest", "reading", "outlet", "name"])

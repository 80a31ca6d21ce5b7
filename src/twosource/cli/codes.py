"""Exit codes, as `spec/commands.md` has them."""

from __future__ import annotations

DONE, SOME_UNREAD, WRONG_USE, NOTHING_READ, INTERRUPTED = 0, 1, 2, 3, 130

#: A fault of ours: EX_SOFTWARE of sysexits.h.
FAULT = 70

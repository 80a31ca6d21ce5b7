"""`python -m twosource` is `twosource`."""

from __future__ import annotations

import sys

from twosource.cli import main

if __name__ == "__main__":
    sys.exit(main())

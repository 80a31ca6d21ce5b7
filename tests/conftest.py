"""How Hypothesis tries: without a clock, since a busy machine is no fault of the code, and in CI with the same examples every time."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("twosource", deadline=None)
settings.register_profile("ci", settings.get_profile("twosource"), derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "twosource"))

"""What the tests of every output show."""

from __future__ import annotations

import pytest
from harbour_fire import harbour_fire

from twosource.model import Reconciliation


@pytest.fixture(scope="session")
def fire() -> Reconciliation:
    return harbour_fire()

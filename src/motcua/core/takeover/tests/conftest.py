"""An empty house whose caches know nothing of the test before."""

from __future__ import annotations

import pytest

from motcua.core.agencies.queries import forget_tree
from motcua.core.clock.calendars import calendars, ensure_national
from motcua.core.procedures import queries as procedures


@pytest.fixture
def house(db) -> None:
    forget_tree()
    calendars.forget()
    procedures.clear()
    ensure_national("VN", "Asia/Ho_Chi_Minh", first_year=2010, last_year=2030)

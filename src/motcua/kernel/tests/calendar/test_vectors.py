"""The published test vectors of due dates, shifts 08–12 and 13–17."""

from __future__ import annotations

import pytest

from motcua.kernel.calendar import Clock, Limit
from motcua.kernel.tests.calendar.samples import at, office

VECTORS = [
    ("28/8/2026 16:00", "5 working_day", "9/9/2026 16:00"),
    ("13/2/2026 15:00", "3 working_day", "25/2/2026 15:00"),
    ("24/4/2026 10:00", "3 working_day", "4/5/2026 10:00"),
    ("25/4/2025 14:00", "2 working_day", "28/4/2025 14:00"),
    ("22/8/2026 09:30", "1 working_day", "24/8/2026 09:30"),
    ("20/11/2026 16:45", "1 working_day", "23/11/2026 16:45"),
    ("21/11/2026 09:00", "2 working_day", "25/11/2026 17:00"),
    ("23/11/2026 12:30", "15 working_day", "15/12/2026 12:00"),
    ("21/11/2026 20:00", "4 working_hour", "23/11/2026 12:00"),
    ("2/11/2026 09:00", "5 working_day", "9/11/2026 09:00"),
]


@pytest.mark.parametrize(("received", "limit", "due"), VECTORS)
def test_due_matches_the_published_vector(received: str, limit: str, due: str) -> None:
    assert Limit.parse(limit).due(office(), at(received)) == at(due)


def paused() -> Clock:
    clock = Clock(Limit.parse("5 working_day")).start(at("2/11/2026 09:00"), "city")
    return clock.pause(at("4/11/2026 10:00"))


def test_a_pause_keeps_the_seventeen_hours_used() -> None:
    clock = paused().resume(at("10/11/2026 14:00"))
    assert clock.used({"city": office()}, at("10/11/2026 14:00")) == 17 * 60
    assert clock.due({"city": office()}) == at("13/11/2026 12:00")


def test_a_restart_counts_the_five_days_anew() -> None:
    clock = paused().restart(at("10/11/2026 14:00"))
    assert clock.used({"city": office()}, at("10/11/2026 14:00")) == 0
    assert clock.due({"city": office()}) == at("17/11/2026 14:00")

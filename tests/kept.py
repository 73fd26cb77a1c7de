"""What pure functions gave before, kept for the whole test process.

Nearly every test lays out the same calendar and reads the same procedure files. The functions
below are pure and what they give is frozen, so no test can tell a kept answer from a new one. Only
the names by which others call them are bound anew: their own tests meet the functions themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import Any

import pytest

_KEPT = 256


def kept(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function that works each answer out once; what it is given must not change."""

    @lru_cache(maxsize=_KEPT)
    def worked_out(given: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> Any:
        return function(*given, **dict(named))

    @wraps(function)
    def asked(*given: Any, **named: Any) -> Any:
        return worked_out(given, tuple((name, _still(named[name])) for name in sorted(named)))

    return asked


def _still(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@pytest.fixture(scope="session", autouse=True)
def _kept() -> Iterator[None]:
    """Keep calendars, and procedures as they were read, from test to test."""
    from motcua.core.clock import calendars
    from motcua.core.procedures import actions, queries

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calendars, "build_calendar", kept(calendars.build_calendar))
        patch.setattr(actions, "read", kept(actions.read))
        read_back = kept(actions.declaration_of)
        patch.setattr(actions, "declaration_of", read_back)
        patch.setattr(queries, "declaration_of", read_back)
        yield

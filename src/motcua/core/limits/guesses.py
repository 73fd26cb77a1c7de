"""Guessing is slowed down: after some wrong tries a name, a number or an address must wait."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from motcua.core.limits.rules import Rate
from motcua.core.limits.usage import Claim, forget, give_back, spend
from motcua.kernel.errors import Refused

WINDOW_SECONDS = 15 * 60
MOST_WRONG = 8
MOST_WRONG_FROM_ADDRESS = 200
"""A whole office, or a proxy, may share one address."""


class TooManyTries(Refused):
    """Too many wrong tries in a short time."""

    code = "ui.too_many_tries"
    vi = "Đã thử sai quá nhiều lần. Hãy đợi {minutes} phút rồi thử lại, hoặc gọi 1022."
    en = "Too many wrong tries. Wait {minutes} minutes and try again, or call 1022."
    status = 429
    retry = True


def forgive(what: str, subject: str) -> None:
    """Forget the wrong tries on a subject."""
    forget(Claim(Rate(f"{what}.subject", MOST_WRONG, WINDOW_SECONDS), subject))


@contextmanager
def guess(what: str, subject: str, sender: str, *, at: datetime.datetime) -> Iterator[None]:
    """Let somebody try something that could be guessed; wrong is whatever raises.

    The try is counted before it is made: however many are made at once, no more than the limit
    are looked at. Who gets it right is forgiven the tries on the subject, and this one from the
    address. Raises `TooManyTries`.
    """
    on_subject = Claim(Rate(f"{what}.subject", MOST_WRONG, WINDOW_SECONDS), subject)
    from_address = Claim(Rate(f"{what}.from", MOST_WRONG_FROM_ADDRESS, WINDOW_SECONDS), sender)
    spend(on_subject, from_address, at=at, refusal=TooManyTries)
    yield
    forget(on_subject)
    give_back(from_address, at=at)

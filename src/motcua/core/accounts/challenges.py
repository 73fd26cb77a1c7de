"""Challenges for passkeys: kept here by their hash, taken once, in the browser that asked.

A new one sweeps those that have ended, so none outlives its minutes by more than the next sign-in.
"""

from __future__ import annotations

import datetime

from django.db.models import Q

from motcua.core.accounts.models import Challenge
from motcua.core.accounts.tokens import new_token, token_hash
from motcua.core.limits.rules import Rate
from motcua.core.limits.usage import Claim, spend
from motcua.core.sql import act
from motcua.kernel.errors import Refused

LASTS = datetime.timedelta(minutes=5)
PER_ADDRESS = Rate("passkey.challenge", 600, 3600)
"""A whole office may share one address."""


class TooManyChallenges(Refused):
    """An address asked for too many challenges."""

    code = "accounts.too_many_challenges"
    vi = "Quá nhiều lượt dùng khóa truy cập từ địa chỉ này. Hãy đợi {seconds} giây rồi thử lại."
    en = "Too many tries with passkeys from this address. Wait {seconds} seconds and try again."
    status = 429
    retry = True


class ChallengeEnded(Refused):
    """The challenge is too old, was used, or was made for something or somebody else."""

    code = "accounts.challenge_ended"
    vi = "Lượt xác thực này đã quá 5 phút hoặc đã dùng rồi. Hãy bấm nút và làm lại."
    en = "This try is older than 5 minutes or was used. Press the button and try again."
    retry = True


def ask(
    *, purpose: Challenge.Purpose, account_id: int | None, sender: str, at: datetime.datetime
) -> str:
    """Give a new challenge, for one purpose and one account; without one, for whoever signs in."""
    spend(Claim(PER_ADDRESS, sender), at=at, refusal=TooManyChallenges)
    challenge = new_token()
    with act():
        Challenge.objects.filter(until__lte=at).delete()
        Challenge.objects.create(
            token_hash=token_hash(challenge),
            purpose=purpose,
            account_id=account_id,
            until=at + LASTS,
        )
    return challenge


def use(
    challenge: str, *, purpose: Challenge.Purpose, account_id: int | None, at: datetime.datetime
) -> None:
    """Take a challenge, once, also when it comes twice at a moment; raises `ChallengeEnded`."""
    rows = Challenge.objects.filter(token_hash=token_hash(challenge), until__gt=at)
    owner = Q(account=None) if account_id is None else Q(account=account_id)
    if not rows.filter(owner, purpose=purpose).delete()[0]:
        raise ChallengeEnded

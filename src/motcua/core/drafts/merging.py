"""Two drafts of one form: that of the account, and one begun beside it after the session ended.

They are never put together unasked: at a shared computer the other may be somebody else's.
"""

from __future__ import annotations

import datetime

from django.db.models import Q

from motcua.core.drafts import papers
from motcua.core.drafts.holders import Holder, Written, opened
from motcua.core.drafts.keeping import lasts
from motcua.core.drafts.models import Draft, DraftFile
from motcua.core.sql import Tx, act


def beside(holder: Holder, procedure: str, *, at: datetime.datetime) -> Draft | None:
    """Give the browser's draft of a form of which the account has one as well."""
    if not holder.secret or holder.account_id is None:
        return None
    told = {"procedure": procedure, "dossier_id": None, "saved_at__gte": at - lasts()}
    if not Draft.objects.filter(account_id=holder.account_id, **told).exists():
        return None
    return Draft.objects.filter(holder_hash=holder.hash, account=None, **told).first()


def merge(holder: Holder, procedure: str, *, at: datetime.datetime) -> bool:
    """Put the browser's draft into the account's: of two answers the later counts, a blank none.

    False where there are no two. Raises `TooManyInAll` and `TooLargeInAll`; then both stay.
    """
    with act() as tx:
        found = beside(holder, procedure, at=at)
        if found is None:
            return False
        theirs = {"account_id": holder.account_id, "procedure": procedure, "dossier_id": None}
        both = Draft.objects.filter(Q(pk=found.pk) | Q(**theirs))
        # In the order of their numbers, so that two who merge at once do not wait for each other.
        rows = {row.account_id: row for row in both.select_for_update(of=("self",)).order_by("pk")}
        if len(rows) != 2:  # a twin was first
            return False
        _into(tx, rows[holder.account_id], rows[None], at)
    return True


def drop_beside(holder: Holder, procedure: str, *, at: datetime.datetime) -> None:
    """Erase the browser's draft, as its holder wishes; the account's stays."""
    with act() as tx:
        found = beside(holder, procedure, at=at)
        if found is not None:
            _gone(tx, found)


def _into(tx: Tx, account: Draft, browser: Draft, at: datetime.datetime) -> None:
    first, then = sorted((account, browser), key=lambda row: row.saved_at)
    older, newer = opened(bytes(first.sealed)), opened(bytes(then.sealed))
    said = {name: value for name, value in newer.answers.items() if value.strip()}
    answers = {**newer.answers, **older.answers, **said}
    account.sealed = Written(answers, older.seen | newer.seen).sealed()
    account.saved_at = at
    account.save()
    papers.attach(tx, account, papers.handed(papers.of(browser)), at=at)
    _gone(tx, browser)


def _gone(tx: Tx, row: Draft) -> None:
    papers.let_go(tx, DraftFile.objects.filter(draft=row))
    row.delete()

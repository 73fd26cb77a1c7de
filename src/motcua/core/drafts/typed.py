"""What an officer typed into a form of the desk and has not sent: kept until the act is done.

The row is a draft of the officer's account, under the name of the form. It is replaced whole with
each save, since a box that was emptied or unticked is an answer too.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from motcua.core.drafts.holders import MAX_BYTES, Written, opened
from motcua.core.drafts.keeping import DraftTooLong, lasts
from motcua.core.drafts.models import Draft
from motcua.core.people.models import Account
from motcua.core.sql import act
from motcua.kernel.errors import Refused

MAX_FORMS = 60
"""How many forms of one officer are kept at once; nobody has so many half-written."""

NO_DOSSIER = 0
"""Of an act that is about no dossier."""

_TOLD = "told"
_KEY = 40

Pairs = tuple[tuple[str, str], ...]


class TooManyForms(Refused):
    """One officer left more forms half-written than are kept."""

    code = "drafts.too_many_forms"
    vi = "Bạn đang có {limit} bản nháp chưa gửi. Hãy gửi hoặc bỏ bớt rồi mới lưu thêm được."
    en = "You have {limit} unsent drafts. Send or drop some before more are kept."
    status = 409


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into one form: boxes with their values in order, and when it was kept."""

    pairs: Pairs
    saved_at: datetime.datetime


def find(account_id: int, form: str, *, at: datetime.datetime) -> Typed | None:
    """Give what an officer left in a form, if its time is not over."""
    row = _open(account_id).filter(procedure=form, saved_at__gte=at - lasts()).first()
    if row is None:
        return None
    told = json.loads(opened(bytes(row.sealed)).answers[_TOLD])
    return Typed(tuple((name, value) for name, value in told), row.saved_at)


def keep(
    account_id: int, form: str, *, key: str, pairs: Iterable[tuple[str, str]], at: datetime.datetime
) -> bool:
    """Keep what was typed, sealed; False where the act was done under this key meanwhile.

    `key` is the one that the form is sent with. Raises `DraftTooLong` and `TooManyForms`.
    """
    written = Written({_TOLD: json.dumps(list(pairs), ensure_ascii=False)})
    if written.size > MAX_BYTES:
        raise DraftTooLong(limit_kb=MAX_BYTES // 1024)
    with act():
        _one_at_a_time(account_id)
        if key and _of(account_id).filter(key=key[:_KEY]).exclude(dossier_id=None).exists():
            return False
        rows = _open(account_id)
        if rows.exclude(procedure=form).count() >= MAX_FORMS:
            raise TooManyForms(limit=MAX_FORMS)
        told = {"key": key[:_KEY], "sealed": written.sealed(), "saved_at": at}
        Draft.objects.update_or_create(
            account_id=account_id, procedure=form, dossier_id=None, defaults=told
        )
    return True


def drop(account_id: int, form: str) -> None:
    """Erase what was typed into a form, as its officer wishes."""
    with act():
        _open(account_id).filter(procedure=form).delete()


def done(
    account_id: int, form: str, *, key: str, at: datetime.datetime, dossier_id: int = NO_DOSSIER
) -> None:
    """Erase the draft of an act that was done.

    For a day an empty row knows the key, so that what the browser was still sending stays out.
    """
    with act():
        _one_at_a_time(account_id)
        _open(account_id).filter(procedure=form).delete()
        if key:
            Draft.objects.create(
                account_id=account_id,
                procedure=form,
                key=key[:_KEY],
                saved_at=at,
                dossier_id=dossier_id,
            )


def wipe(account_id: int) -> None:
    """Erase everything an officer left half-written: they sign out."""
    with act():
        _of(account_id).filter(Q(dossier_id=None)).delete()


def _of(account_id: int) -> QuerySet[Draft]:
    return Draft.objects.filter(account_id=account_id)


def _open(account_id: int) -> QuerySet[Draft]:
    return _of(account_id).filter(dossier_id=None)


def _one_at_a_time(account_id: int) -> None:
    """Let keeping wait for a twin that is just being done, and the other way round."""
    Account.objects.select_for_update(no_key=True).filter(pk=account_id).values_list("pk").first()

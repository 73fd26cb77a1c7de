"""Quyền lợi liên quan: an officer's own number, and whose dossiers they must keep out of."""

from __future__ import annotations

import datetime
import secrets

from motcua.core.access.actors import Actor
from motcua.core.ledger.commitments import commitment
from motcua.core.people.models import Interest
from motcua.core.people.numbers import bound, number_hash, seal_number
from motcua.core.people.parties import PERSONAL_DIGITS
from motcua.core.sql import Tx
from motcua.core.staff.heads import answers_for, check_manages, posts_then, today
from motcua.core.staff.told import Told, carry_out
from motcua.kernel.codes import PersonalNumber, TaxCode
from motcua.kernel.errors import Refused

_SALT_BYTES = 16


class UnknownInterest(Refused):
    """No such declaration is in force, or its kind is none."""

    code = "staff.unknown_interest"
    vi = "Không có khai báo này đang có hiệu lực."
    en = "There is no such declaration in force."
    status = 404


def declare_interest(
    *, actor: Actor, at: datetime.datetime, officer_id: int, kind: str, number: str, key: str | None
) -> int:
    """Record an officer's own number, a relative's, or the tax code of a firm of theirs.

    By the officer or a head. From then on the officer has no part in dossiers of that party. The
    number itself is encrypted and the ledger knows only a commitment.
    """
    if kind not in Interest.Kind.values:
        raise UnknownInterest

    def write(_tx: Tx) -> Told:
        posts = posts_then(officer_id, at.date())
        on = today(posts[0].agency_id, at)
        check_manages(actor, officer_id, posts)
        row = Interest(officer_id=officer_id, kind=kind, salt=secrets.token_bytes(_SALT_BYTES))
        _identify(row, number, on)
        row.save()
        data = {"row": row.pk, "officer": officer_id, "kind": kind}
        by = commitment(bytes(row.salt), bound(bytes(row.number_hash), row.tax_code))
        return Told(data, (by,))

    hashed = number_hash(number).hex()  # the number stands nowhere as it is
    body = [officer_id, kind, hashed]
    return carry_out("declare_interest", write, actor=actor, at=at, key=key, body=body)


def end_interest(*, actor: Actor, at: datetime.datetime, interest_id: int, key: str | None) -> int:
    """End a declaration that holds no more; one's own number cannot be ended by oneself.

    To whoever is neither the officer nor a head of theirs there is no such declaration.
    """

    def write(_tx: Tx) -> Told:
        row = Interest.objects.filter(pk=interest_id, ended=False).first()
        if row is None or (row.kind == Interest.Kind.SELF and row.officer_id == actor.officer_id):
            raise UnknownInterest
        if not answers_for(actor, row.officer_id, at.date()):
            raise UnknownInterest
        row.ended = True
        row.save(update_fields=["ended"])
        return Told({"row": row.pk})

    return carry_out("end_interest", write, actor=actor, at=at, key=key, body=interest_id)


def _identify(row: Interest, number: str, on: datetime.date) -> None:
    """A firm goes by its tax code, or by the personal number that serves as one."""
    if row.kind == Interest.Kind.FIRM:
        tax_code = TaxCode.parse(number, on=on).text
        if len(tax_code) != PERSONAL_DIGITS:
            row.tax_code = tax_code
            return
    digits = PersonalNumber.parse(number, on=on).digits
    row.number_cipher, row.number_hash = seal_number(digits), number_hash(digits)

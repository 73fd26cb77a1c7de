"""Citizens who sign in by telephone: asking for a code, giving it back, and whose dossiers open."""

from __future__ import annotations

import datetime

from django.http import HttpRequest

from motcua.core.access.actors import Actor, applicant
from motcua.core.accounts import citizens, phones
from motcua.core.accounts.models import Binding
from motcua.core.accounts.sessions import SignedIn
from motcua.core.dossiers.queries import find_one, spelled
from motcua.core.dossiers.situation import NotFound, Snapshot, find_id, read
from motcua.core.dossiers.ties import whole_of
from motcua.core.limits.address import sender
from motcua.core.sql import reading
from motcua.faces.ui import signed
from motcua.faces.ui.actors import applicant_of
from motcua.kernel.codes import parse_lookup
from motcua.kernel.errors import Refused

_KEPT = "phone"


def citizen_of(request: HttpRequest, at: datetime.datetime) -> SignedIn | None:
    """Give the citizen who signed in by telephone."""
    known = signed.signed_in(request, at)
    return known if known is not None and known.officer_id is None else None


def ask_code(request: HttpRequest, phone: str, *, aim: str, at: datetime.datetime) -> None:
    """Send a code, and keep in the signed cookie which telephone this browser asked for.

    Raises what `phones.mobile` and `phones.send_code` raise.
    """
    number = phones.mobile(phone)
    token = phones.send_code(phone=number, sender=sender(request.META), at=at)
    request.session[_KEPT] = {"number": number, "token": token, "aim": aim}


def asked_for(request: HttpRequest) -> str:
    """Give the telephone that this browser asked a code for; empty where it asked for none."""
    return str(request.session.get(_KEPT, {}).get("number", ""))


def give_code(request: HttpRequest, code: str, *, at: datetime.datetime) -> str:
    """Take the code, begin the session, and give where the citizen wanted to go.

    Raises `PhoneCodeWrong` and `TooManyTries`.
    """
    kept = request.session[_KEPT]
    phone = str(kept["number"])
    phones.prove_phone(
        phone=phone,
        token=str(kept["token"]),
        code=code,
        sender=sender(request.META),
        at=at,
        agent=signed.agent_of(request),
    )
    account = citizens.arrive(phone=phone, at=at)
    signed.sign_in(request, account, by="phone", at=at)
    return str(kept["aim"])


def opened(request: HttpRequest, code: str, at: datetime.datetime) -> tuple[Actor, Snapshot] | None:
    """Give a dossier to its applicant: proven by number and phone, or by an account it is bound to.

    Who opened a dossier has opened what hangs on it. None for everybody else, whether there is such
    a dossier or not.
    """
    found = _seen_by(applicant_of(request, at), code)
    found = found or _seen_by(bound_applicant(request, code, at), code)
    return found or _seen_by(_applicant_of_the_whole(request, code, at), code)


def _seen_by(actor: Actor | None, code: str) -> tuple[Actor, Snapshot] | None:
    try:
        return None if actor is None else (actor, find_one(actor, code))
    except NotFound:
        return None


def bound_applicant(request: HttpRequest, code: str, at: datetime.datetime) -> Actor | None:
    """Give the citizen as the applicant of the dossier behind a code, where that is bound."""
    citizen = citizen_of(request, at)
    if citizen is None:
        return None
    tx = reading()
    try:
        party = read(tx, find_id(tx, spelled(code))).applicant_id
    except NotFound:
        return None
    rows = Binding.objects.filter(account_id=citizen.account_id, party_id=party or 0)
    name = rows.values_list("party__name", flat=True).first()
    return None if name is None or party is None else applicant(party, name)


def _applicant_of_the_whole(request: HttpRequest, code: str, at: datetime.datetime) -> Actor | None:
    """Give the visitor as applicant of a dossier that hangs on one they have open."""
    tx = reading()
    try:
        hanging = read(tx, find_id(tx, spelled(code)))
    except NotFound:
        return None
    whole = whole_of(tx, hanging.id)
    if whole is None or hanging.applicant_id is None:
        return None
    proven = applicant_of(request, at)
    if proven is None or proven.party_id != whole.applicant_id:
        proven = bound_applicant(request, whole.lookup, at)
    return None if proven is None else applicant(hanging.applicant_id, proven.name)


def bind_looked_up(
    request: HttpRequest, number: str, snapshot: Snapshot, at: datetime.datetime
) -> None:
    """Bind what a citizen opened by its look-up number.

    A dossier code does not bind: codes are counted up, so one is easily guessed.
    """
    citizen = citizen_of(request, at)
    try:
        parse_lookup(number)
    except Refused:
        return
    if citizen is not None and snapshot.applicant_id is not None:
        citizens.bind(
            account_id=citizen.account_id,
            party_id=snapshot.applicant_id,
            reason=Binding.Reason.NUMBER,
            at=at,
        )


def bind_filed(request: HttpRequest, party_id: int | None, at: datetime.datetime) -> None:
    """Bind what a citizen has just filed."""
    citizen = citizen_of(request, at)
    if citizen is not None and party_id is not None:
        reason = Binding.Reason.FILED
        citizens.bind(account_id=citizen.account_id, party_id=party_id, reason=reason, at=at)

"""Who is at the door: an officer who signed in, an applicant who proved to be one, or anybody."""

from __future__ import annotations

import datetime
import hmac

from django.http import HttpRequest
from django.utils import timezone

from motcua.core.access.actors import PUBLIC, Actor, applicant, officer
from motcua.core.accounts.sessions import SignedIn
from motcua.core.dossiers.queries import spelled
from motcua.core.dossiers.situation import NotFound, Snapshot, find_id, read
from motcua.core.limits.address import sender
from motcua.core.limits.guesses import guess
from motcua.core.people.models import Party
from motcua.core.sql import reading
from motcua.faces.ui.signed import signed_in
from motcua.kernel.codes import Phone
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

PROVEN_FOR = datetime.timedelta(minutes=30)
_SESSION_KEY = "applicant"
_FOUND = "_motcua_officer"
_READ = 60  # no number and no phone is longer


class NoMatch(Refused):
    """Number and phone do not belong together; which of them is wrong is not told."""

    code = "ui.no_match"
    vi = (
        "Không tìm thấy hồ sơ khớp với cả số tra cứu (hoặc mã) và số điện thoại. Hãy xem lại hai ô."
    )
    en = "No application matches both this number and this phone. Check both."
    status = 422


def actor_of(request: HttpRequest, at: datetime.datetime) -> Actor:
    """Give who acts: the officer signed in, else the proven applicant, else the public."""
    return officer_of(request, at) or applicant_of(request, at) or PUBLIC


def officer_of(request: HttpRequest, at: datetime.datetime) -> Actor | None:
    """Give the officer who signed in, with what they may do today; asked once per session found."""
    known = signed_in(request, at)
    if known is None or known.officer_id is None:
        return None
    kept: tuple[SignedIn, Actor] | None = getattr(request, _FOUND, None)
    if kept is not None and kept[0] is known:
        return kept[1]
    today = timezone.localtime(at).date()
    found = officer(known.officer_id, known.name, on=today, proven=known.proven(at))
    setattr(request, _FOUND, (known, found))
    return found


def applicant_of(request: HttpRequest, at: datetime.datetime) -> Actor | None:
    """Give the applicant who filed, or looked up by number and phone, within half an hour."""
    kept = request.session.get(_SESSION_KEY)
    if not kept or datetime.datetime.fromisoformat(kept["until"]) <= at:
        return None
    name = Party.objects.filter(pk=kept["party"]).values_list("name", flat=True).first()
    return None if name is None else applicant(kept["party"], name)


def remember(request: HttpRequest, snapshot: Snapshot, at: datetime.datetime) -> None:
    """Keep in the session that this visitor is the applicant of a dossier."""
    until = (at + PROVEN_FOR).isoformat()
    kept = {"party": snapshot.applicant_id, "dossier": snapshot.id, "until": until}
    request.session[_SESSION_KEY] = kept


def prove(request: HttpRequest, *, number: str, phone: str, at: datetime.datetime) -> Snapshot:
    """Take a number and a phone; when they belong together the visitor is the applicant.

    Raises `NoMatch`, the same whatever was wrong, and `TooManyTries`.
    """
    with guess("lookup", spelled(number[:_READ]), sender(request.META), at=at):
        try:
            snapshot = _matching(number, phone)
        except Refused:
            raise NoMatch from None
    remember(request, snapshot, at)
    return snapshot


def _matching(number: str, phone: str) -> Snapshot:
    given = Phone.parse(clean(phone, limit=_READ)).number
    tx = reading()
    snapshot = read(tx, find_id(tx, spelled(clean(number, limit=_READ))))
    found = Party.objects.filter(pk=snapshot.applicant_id or 0)
    kept = found.values_list("phone", flat=True).first()
    if not kept or not hmac.compare_digest(kept.encode(), given.encode()):
        raise NotFound
    return snapshot

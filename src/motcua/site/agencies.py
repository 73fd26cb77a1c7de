"""Writing the agencies, officers and accounts that a city file declares."""

from __future__ import annotations

import datetime
import secrets

from django.contrib.auth.hashers import make_password

from motcua.core.access.actors import house
from motcua.core.accounts.factors import add_totp
from motcua.core.accounts.managing import open_account
from motcua.core.agencies.models import Agency, Appointment, Competence
from motcua.core.agencies.queries import forget_tree
from motcua.core.ledger.append import Origin, append_to_house
from motcua.core.people.models import Officer
from motcua.core.sql import Tx, act
from motcua.kernel.errors import Refused
from motcua.site.authenticators import secret_of
from motcua.site.declared import City, DeclaredAgency, DeclaredOfficer

_ACTOR = house("setup").key
_PASSWORD_BYTES = 9


class ParentUnknown(Refused):
    """An agency names a parent that stands nowhere."""

    code = "city.parent_unknown"
    vi = "Cơ quan {agency} ghi cấp trên {parent}, nhưng chưa có cơ quan ấy (cấp trên đứng trước)."
    en = "Agency {agency} names its parent {parent}, which is not there (parents come first)."


class PostUnknown(Refused):
    """No system knows the post."""

    code = "city.post_unknown"
    vi = "Cán bộ {officer} ghi chức vụ “{post}”; chỉ có: {posts}."
    en = "Officer {officer} has the post “{post}”; there are only: {posts}."


def write_city(
    city: City,
    at: datetime.datetime,
    *,
    posts: frozenset[str],
    mail: str = "",
    sample: bool = False,
) -> dict[str, str]:
    """Write what is missing of a city, all or nothing; give new user names with their passwords.

    Rows that are there already stay as they are. With `mail` each officer gets an address there.
    Raises `ParentUnknown` and `PostUnknown`.
    """
    # One hash for a shared password: hashing is slow by design.
    shared = make_password(city.password) if city.password else ""
    made: dict[str, str] = {}
    with act() as tx:
        for one in city.agencies:
            row = _agency(tx, one, city, at, sample=sample)
            for officer in one.officers:
                if officer.post not in posts:
                    known = ", ".join(sorted(posts))
                    raise PostUnknown(officer=officer.username, post=officer.post, posts=known)
                if _officer(tx, officer, row, city, at, mail=mail, sample=sample):
                    own = city.password or secrets.token_urlsafe(_PASSWORD_BYTES)
                    _account(officer, shared or make_password(own), at, sample=sample)
                    made[officer.username] = own
    forget_tree()
    return made


def _agency(
    tx: Tx, one: DeclaredAgency, city: City, at: datetime.datetime, *, sample: bool
) -> Agency:
    row = Agency.objects.filter(code=one.code, valid_to=None).first()
    if row is not None:
        return row
    parent = None
    if one.parent:
        parent = Agency.objects.filter(code=one.parent, valid_to=None).first()
        if parent is None:
            raise ParentUnknown(agency=one.code, parent=one.parent)
    row = Agency.objects.create(
        code=one.code,
        tier=one.tier,
        name_vi=one.name_vi,
        name_en=one.name_en,
        short_name=one.short_name,
        parent=parent,
        area=one.area,
        address=one.address,
        phone=one.phone,
        valid_from=one.valid_from,
        source=city.source,
        sample=sample,
    )
    data = {"agency": row.pk, "code": one.code, "tier": one.tier, "parent": one.parent}
    for procedure in one.receives:
        Competence.objects.create(agency=row, procedure=procedure, valid_from=_since(city, row))
    _tell(tx, "found", {**data, "receives": list(one.receives)}, at, sample=sample)
    return row


def _since(city: City, agency: Agency) -> datetime.date:
    """Give the first day of posts and competences: none begins before its agency."""
    return max(city.appointed, agency.valid_from or city.appointed)


def _officer(
    tx: Tx,
    one: DeclaredOfficer,
    agency: Agency,
    city: City,
    at: datetime.datetime,
    *,
    mail: str,
    sample: bool,
) -> bool:
    """Write an officer with the post; tell whether the officer is new."""
    officer, new = Officer.objects.get_or_create(
        staff_number=one.staff_number,
        defaults={
            "name": one.name,
            "email": f"{one.username}@{mail}" if mail else one.email,
            "sample": sample,
        },
    )
    posts = {"officer": officer, "agency": agency, "post": one.post, "valid_to": None}
    if not Appointment.objects.filter(**posts).exists():
        Appointment.objects.create(
            **posts, valid_from=_since(city, agency), reads_agency=one.reads_agency
        )
        told = {
            "officer": officer.pk,
            "agency": agency.code,
            "post": one.post,
            "from": _since(city, agency).isoformat(),
            "reads": one.reads_agency,
        }
        _tell(tx, "appoint", told, at, sample=sample)
    return new


def _account(one: DeclaredOfficer, password: str, at: datetime.datetime, *, sample: bool) -> None:
    """Open the account: invited in a real city, with a published authenticator in the sample."""
    account = open_account(
        actor=_ACTOR,
        at=at,
        username=one.username,
        officer=Officer.objects.get(staff_number=one.staff_number),
        password=password,
        sample=sample,
        invited=not sample,
    )
    if sample:
        secret = secret_of(one.username)
        add_totp(actor=_ACTOR, at=at, account=account, name="TOTP", secret=secret)


def _tell(
    tx: Tx, act_name: str, data: dict[str, object], at: datetime.datetime, *, sample: bool
) -> None:
    origin: Origin = "sample" if sample else "live"
    append_to_house(tx, act=act_name, at=at, actor=_ACTOR, data=data, origin=origin)

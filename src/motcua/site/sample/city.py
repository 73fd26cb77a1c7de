"""Writing the sample city: real agencies, made-up officers, one account each."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from motcua.core.access.actors import house
from motcua.core.agencies.models import Agency, Appointment
from motcua.core.agencies.queries import forget_tree
from motcua.core.ledger.append import append_to_house
from motcua.core.people.models import Account, Officer
from motcua.core.sql import Tx, act
from motcua.kernel.errors import Refused
from motcua.site.sample.declared import City, DeclaredAgency, DeclaredOfficer

_ACTOR = house("sample").key
# A reserved ending (RFC 2606): no letter to a made-up officer can ever reach anybody.
_MAIL = "hanoi.example"


class RealCity(Refused):
    """Made-up people have no place among real agencies."""

    code = "sample.real_city"
    vi = (
        "Hệ thống này đang có dữ liệu thật ({agency}); không nạp dữ liệu mẫu vào đây. "
        "Hãy dùng một MOTCUA_HOME khác để chạy thử."
    )
    en = (
        "This instance holds real data ({agency}); sample data is not loaded here. "
        "Use another MOTCUA_HOME to try things out."
    )
    status = 409


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a load added; all 0 when the city was there."""

    agencies: int = 0
    officers: int = 0


def refuse_real_city() -> None:
    """Raise `RealCity` where an agency is not made for trying things out."""
    real = Agency.objects.filter(sample=False).order_by("id").first()
    if real is not None:
        raise RealCity(agency=real.name_vi)


def load_city(city: City, at: datetime.datetime) -> Loaded:
    """Write what is missing of a city, all or nothing; raises `RealCity`."""
    refuse_real_city()
    if _is_there(city):
        return Loaded()
    # One hash for all: everybody has the same published password, and hashing is slow by design.
    password = make_password(city.password)
    with act() as tx:
        before = Agency.objects.count(), Officer.objects.count()
        for one in city.agencies:
            row = _write_agency(one, city.source)
            for officer in one.officers:
                _write_officer(tx, officer, row, city.appointed, at, password)
        after = Agency.objects.count(), Officer.objects.count()
    forget_tree()
    return Loaded(after[0] - before[0], after[1] - before[1])


def _is_there(city: City) -> bool:
    wanted = {officer.username for one in city.agencies for officer in one.officers}
    return wanted <= set(Account.objects.filter(sample=True).values_list("username", flat=True))


def _write_agency(one: DeclaredAgency, source: str) -> Agency:
    parent = Agency.objects.get(code=one.parent, valid_to=None) if one.parent else None
    row, _ = Agency.objects.get_or_create(
        code=one.code,
        valid_to=None,
        defaults={
            "tier": one.tier,
            "name_vi": one.name_vi,
            "name_en": one.name_en,
            "short_name": one.short_name,
            "parent": parent,
            "area": one.area,
            "valid_from": one.valid_from,
            "source": source,
            "sample": True,
        },
    )
    return row


def _write_officer(
    tx: Tx,
    one: DeclaredOfficer,
    agency: Agency,
    since: datetime.date,
    at: datetime.datetime,
    password: str,
) -> None:
    officer, new = Officer.objects.get_or_create(
        staff_number=one.username,
        defaults={"name": one.name, "email": f"{one.username}@{_MAIL}", "sample": True},
    )
    Account.objects.get_or_create(
        username=one.username,
        defaults={"officer": officer, "password": password, "sample": True},
    )
    if not new:
        return
    Appointment.objects.create(
        officer=officer,
        agency=agency,
        post=one.post,
        valid_from=since,
        reads_agency=one.reads_agency,
    )
    told = {"officer": officer.pk, "agency": agency.code, "post": one.post, "from": str(since)}
    append_to_house(tx, act="appoint", at=at, actor=_ACTOR, data=told, origin="sample")

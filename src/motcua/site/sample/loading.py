"""Loading the sample city, where no real one is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from motcua.core.agencies.models import Agency
from motcua.core.people.models import Account
from motcua.kernel.errors import Refused
from motcua.site.agencies import write_city
from motcua.site.declared import City
from motcua.site.sample.city import city, mail, post_names, usernames


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


class OtherSample(Refused):
    """Two sample cities have officers of the same names."""

    code = "sample.other_city"
    vi = "Hệ thống này đang có dữ liệu mẫu của {agency}; hãy dùng một MOTCUA_HOME khác."
    en = "This instance holds the sample of {agency}; use another MOTCUA_HOME."
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


def _refuse_other_sample(wanted: City) -> None:
    level_1 = wanted.agencies[0].code.partition(".")[0]
    rows = Agency.objects.filter(sample=True).exclude(code__startswith=level_1).order_by("id")
    if other := rows.first():
        raise OtherSample(agency=other.name_vi)


def load_city(at: datetime.datetime, wanted: City | None = None) -> Loaded:
    """Write what is missing of the sample city, all or nothing; raises `RealCity`, `OtherSample`.

    `wanted` is another one than that of today, to stand beside it.
    """
    refuse_real_city()
    wanted = wanted or city()
    _refuse_other_sample(wanted)
    known = Account.objects.filter(sample=True).values_list("username", flat=True)
    if usernames(wanted) <= set(known):
        return Loaded()
    before = Agency.objects.count()
    made = write_city(wanted, at, posts=frozenset(post_names()), mail=mail(), sample=True)
    return Loaded(Agency.objects.count() - before, len(made))

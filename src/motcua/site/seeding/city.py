"""The made-up city that is measured: one city, four departments, thirty-six communes."""

from __future__ import annotations

import datetime
from random import Random

from motcua.site.declared import City, DeclaredAgency, DeclaredOfficer
from motcua.site.sample import people

COMMUNES = 36
DEPARTMENTS = 4
ROOT = "Z00"
PASSWORD = "motcua"  # noqa: S105 - published, as the sample city's is: everything here is made up
POSTS = frozenset({"counter", "unit_head", "specialist"})
SPECIALISTS = 2
_MAIL = "do-tai.example"


def city(appointed: datetime.date) -> City:
    """Give the city; its officers hold their posts since a day."""
    chance = Random("city")  # noqa: S311 - names of nobody
    departments = range(1, DEPARTMENTS + 1)
    return City(
        source="Đặt ra để đo tải",
        appointed=appointed,
        agencies=(
            _agency(ROOT, None, "city", "Thành phố đo tải", [_head("toanthanh", chance)]),
            *(_department(number, chance) for number in departments),
            *(_commune(number, chance) for number in range(1, COMMUNES + 1)),
        ),
        password=PASSWORD,
    )


def username(post: str, commune: int, number: int = 1) -> str:
    """Give the name with which an officer of a commune signs in."""
    short = {"counter": "motcua", "unit_head": "truong", "specialist": "xuly"}[post]
    return f"{short}{number}.{commune:02}"


def commune_code(number: int) -> str:
    """Give the code of a commune, 1 to `COMMUNES`."""
    return f"{department_code(1 + (number - 1) % DEPARTMENTS)}.{number:02}"


def department_code(number: int) -> str:
    """Give the code of a department, 1 to `DEPARTMENTS`."""
    return f"{ROOT}.{number}"


def _department(number: int, chance: Random) -> DeclaredAgency:
    officers = [_head(f"khoi.{number}", chance)]
    return _agency(department_code(number), ROOT, "department", f"Khối đo tải {number}", officers)


def _commune(number: int, chance: Random) -> DeclaredAgency:
    code = commune_code(number)
    officers = [
        _officer(username("counter", number), "counter", chance, reads=True),
        _officer(username("unit_head", number), "unit_head", chance, reads=True),
        *(
            _officer(username("specialist", number, one), "specialist", chance)
            for one in range(1, SPECIALISTS + 1)
        ),
    ]
    name = f"Xã đo tải {number:02}"
    return _agency(code, code.rpartition(".")[0], "commune", name, officers)


def _head(name: str, chance: Random) -> DeclaredOfficer:
    return _officer(name, "unit_head", chance, reads=True)


def _officer(name: str, post: str, chance: Random, *, reads: bool = False) -> DeclaredOfficer:
    return DeclaredOfficer(
        name=people.name(chance),
        username=name,
        staff_number=name,
        email=f"{name}@{_MAIL}",
        post=post,
        reads_agency=reads,
        shown=False,
    )


def _agency(
    code: str, parent: str | None, tier: str, name: str, officers: list[DeclaredOfficer]
) -> DeclaredAgency:
    return DeclaredAgency(
        code=code,
        parent=parent,
        tier=tier,
        name_vi=name,
        name_en=name.replace("Xã đo tải", "Measured commune").replace("Khối", "Department"),
        short_name=name,
        area="",
        address="",
        phone="",
        valid_from=None,
        receives=(),
        officers=tuple(officers),
    )

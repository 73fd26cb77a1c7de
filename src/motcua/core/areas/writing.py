"""Writing what a checked folder holds: new rows are added, changed ones mended, others left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from django.db import models

from motcua.core.areas.models import Area, ListedAgency, Province, Succession
from motcua.core.areas.table import AgencyRow, ChangeRow, Folder, ProvinceFile, UnitRow
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import fold

_AT_ONCE = 500
_NAMED = 5  # units that a refusal names

Row = TypeVar("Row", Area, Succession, ListedAgency)
Values = dict[str, Any]


class UnitsLeftOut(Refused):
    """Units are never taken away again: dossiers and figures of the past may name them."""

    code = "areas.units_left_out"
    vi = "Dữ liệu mới thiếu {count} đơn vị đã nạp: {units}. Đơn vị không bị xóa; hãy bổ sung lại."
    en = "The new files lack {count} units loaded before: {units}. None is removed; add them."
    status = 409


class KeyElsewhere(Refused):
    """A unit or listed agency of another province goes by the same id."""

    code = "areas.key_elsewhere"
    vi = "{keys} đã thuộc một tỉnh, thành phố khác."
    en = "Already part of another province: {keys}."
    status = 409


@dataclass(frozen=True, slots=True)
class Loaded:
    """What an import found: how many rows there are, and which of them are new, mended, gone."""

    province: str
    units: int
    successions: int
    agencies: int
    created: int = 0
    changed: int = 0
    removed: int = 0

    def told(self) -> dict[str, object]:
        """Give it as plain values."""
        return asdict(self)


def locked(told: ProvinceFile) -> Province:
    """Give the row of a province, made where it is new, held until the transaction ends."""
    Province.objects.get_or_create(code=told.code, defaults={"digest": ""})
    return Province.objects.select_for_update().get(code=told.code)


def told_of(read: Folder, created: int = 0, changed: int = 0, removed: int = 0) -> Loaded:
    """Tell what a folder holds and what became of it."""
    sizes = (len(read.units), len(read.changes), len(read.agencies))
    return Loaded(read.province.code, *sizes, created, changed, removed)


def write(read: Folder, province: Province) -> Loaded:
    """Bring the rows of a province to what a folder says; raises where units are left out."""
    _check_keys(read, province)
    units = _areas(read.units, province)
    ids = dict(Area.objects.filter(province=province).values_list("unit_id", "pk"))
    successions = _successions(read.changes, province, ids)
    agencies = _listed(read.agencies, province)
    _note(read, province)
    return told_of(read, *map(sum, zip(units, successions, agencies, strict=True)))


def _check_keys(read: Folder, province: Province) -> None:
    given = {one.unit_id for one in read.units}
    there = set(Area.objects.filter(province=province).values_list("unit_id", flat=True))
    if left := sorted(there - given):
        raise UnitsLeftOut(count=len(left), units=", ".join(left[:_NAMED]))
    others = Area.objects.exclude(province=province).values_list("unit_id", flat=True)
    taken = given.intersection(others)
    listed = ListedAgency.objects.exclude(province=province).values_list("list_id", flat=True)
    taken |= {one.list_id for one in read.agencies}.intersection(listed)
    if taken:
        raise KeyElsewhere(keys=", ".join(sorted(taken)[:_NAMED]))


def _areas(units: tuple[UnitRow, ...], province: Province) -> tuple[int, int, int]:
    """Write units, each after the one above it."""
    created = changed = 0
    ids: dict[str, int | None] = {"": None}
    waiting = list(units)
    while waiting:
        ready = [one for one in waiting if one.parent_unit_id in ids]
        waiting = [one for one in waiting if one.parent_unit_id not in ids]
        wanted = {
            (one.unit_id,): _area(one) | {"parent_id": ids[one.parent_unit_id]} for one in ready
        }
        there = {(row.unit_id,): row for row in Area.objects.filter(province=province)}
        new, mended = _upsert(Area, wanted, there, ("unit_id",), {"province": province})
        ids.update(Area.objects.filter(province=province).values_list("unit_id", "pk"))
        created, changed = created + new, changed + mended
    return created, changed, 0


def _area(one: UnitRow) -> Values:
    return {
        "code": one.gso_code,
        "name": one.name,
        "folded": fold(one.name),
        "kind": one.type,
        "tier": one.tier,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "lat": one.lat,
        "lon": one.lon,
        "source": one.source,
        "status": one.status,
        "note": one.note,
    }


def _successions(
    changes: tuple[ChangeRow, ...], province: Province, ids: Mapping[str, int]
) -> tuple[int, int, int]:
    wanted = {
        (one.date, ids[one.from_unit_id], ids[one.to_unit_id]): _succession(one) for one in changes
    }
    rows = Succession.objects.filter(old__province=province)
    there = {(row.date, row.old_id, row.new_id): row for row in rows}
    gone = [row.pk for key, row in there.items() if key not in wanted]
    Succession.objects.filter(pk__in=gone).delete()
    return *_upsert(Succession, wanted, there, ("date", "old_id", "new_id"), {}), len(gone)


def _succession(one: ChangeRow) -> Values:
    return {
        "legal_ref": one.legal_ref,
        "share": one.share,
        "kind": one.kind,
        "main": one.main_heir,
        "source": one.source,
        "status": one.status,
        "note": one.note,
    }


def _listed(agencies: tuple[AgencyRow, ...], province: Province) -> tuple[int, int, int]:
    wanted = {(one.list_id,): _listed_agency(one) for one in agencies}
    there = {(row.list_id,): row for row in ListedAgency.objects.filter(province=province)}
    gone = [row.pk for key, row in there.items() if key not in wanted]
    ListedAgency.objects.filter(pk__in=gone).delete()
    made = _upsert(ListedAgency, wanted, there, ("list_id",), {"province": province})
    return *made, len(gone)


def _listed_agency(one: AgencyRow) -> Values:
    return {
        "tier": one.tier,
        "name_vi": one.name_vi,
        "name_en": one.name_en,
        "code": one.code_qd20,
        "code_102": one.code_102,
        "heir": one.heir,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "source": one.source,
        "status": one.status,
        "note": one.note,
    }


def _upsert(
    model: type[Row],
    wanted: Mapping[tuple[Any, ...], Values],
    there: Mapping[tuple[Any, ...], Row],
    key: tuple[str, ...],
    common: Values,
) -> tuple[int, int]:
    """Add the rows that are missing and mend those that differ; give how many of each."""
    new = [
        model(**dict(zip(key, at, strict=True)), **values, **common)
        for at, values in wanted.items()
        if at not in there
    ]
    mended = [there[at] for at, values in wanted.items() if at in there and _set(there[at], values)]
    columns = list(next(iter(wanted.values()), {}))
    _objects(model).bulk_create(new, batch_size=_AT_ONCE)
    if mended:
        _objects(model).bulk_update(mended, columns, batch_size=_AT_ONCE // 5)
    return len(new), len(mended)


def _objects(model: type[Row]) -> models.Manager[Row]:
    return model._default_manager  # noqa: SLF001 - Django's public name for it has an underscore


def _set(row: models.Model, values: Values) -> bool:
    """Set what differs; tell whether anything did."""
    differing = {name: one for name, one in values.items() if getattr(row, name) != one}
    for name, one in differing.items():
        setattr(row, name, one)
    return bool(differing)


def _note(read: Folder, province: Province) -> None:
    told = read.province
    province.name_vi, province.name_en = told.name_vi, told.name_en
    province.agency_code, province.source = told.agency_code, told.source
    province.partial, province.facts_from = told.partial, told.facts_from
    province.digest = read.digest
    province.save()

"""`motcua areas import NAME|FOLDER | list | find WORDS`: units of a province through time."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer, as_json, day

if TYPE_CHECKING:
    from motcua.core.areas.models import Area, ListedAgency
    from motcua.core.areas.queries import Heir


class NoSuchFolder(Refused):
    """Neither a folder that ships with Motcua nor one on this machine."""

    code = "areas.no_such_folder"
    vi = "Không có thư mục {folder}. Có sẵn trong Motcua: {shipped}."
    en = "There is no folder {folder}. These ship with Motcua: {shipped}."
    status = 404


class KeptBySetting(Refused):
    """Each start loads this province from another folder, and would undo the import."""

    code = "areas.kept_by_setting"
    vi = "Mỗi lần khởi động, tỉnh {province} được nạp từ {kept}; hãy ghi {folder} vào MOTCUA_AREAS."
    en = "Each start loads province {province} from {kept}; name {folder} in MOTCUA_AREAS instead."
    status = 409


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the nouns."""
    nouns = parser.add_subparsers(dest="noun", metavar="NOUN", required=True)
    taking = nouns.add_parser("import", help="load a province, all of it or nothing")
    taking.add_argument("folder", help="a folder of files, or the name of one that ships (hanoi)")
    taking.add_argument("--dry-run", action="store_true", help="check all and write nothing")
    add_json(taking)
    add_json(nouns.add_parser("list", help="the provinces that are loaded"))
    finding = nouns.add_parser("find", help="what an old name or code means, and who holds it")
    finding.add_argument("words", help='"xa canh nau, huyen thach that", or a code')
    finding.add_argument("--as-of", type=day, metavar="DATE", help="only units of that day")
    finding.add_argument("--on", type=day, metavar="DATE", help="who holds them then (today)")
    add_json(finding)


def run(options: argparse.Namespace) -> int:
    """Load a province, list those that are there, or find units."""
    ready()
    return _NOUNS[options.noun](options)


def _import(options: argparse.Namespace) -> int:
    from motcua.core.access.actors import house
    from motcua.core.areas.importing import folder_of, import_areas, shipped
    from motcua.core.now import now
    from motcua.site.cli.migrate import bring_up

    folder = folder_of(options.folder)
    if isinstance(folder, Path) and not folder.is_dir():
        raise NoSuchFolder(folder=options.folder, shipped=", ".join(shipped()))
    _check_kept(options.folder)
    bring_up()
    actor = house("keeper").key
    loaded = import_areas(actor=actor, at=now(), folder=folder, dry_run=options.dry_run)
    answer(options, loaded.told())
    return 0


def _check_kept(folder: str) -> None:
    from django.conf import settings

    from motcua.core.areas.importing import code_of, folder_of

    kept = [name.strip() for name in settings.MOTCUA_AREAS if name.strip()]
    if folder in kept:
        return
    province = code_of(folder_of(folder))
    for name in kept:
        if code_of(folder_of(name)) == province:
            raise KeptBySetting(province=province, kept=name, folder=folder)


def _list(options: argparse.Namespace) -> int:
    from motcua.core.areas.queries import provinces

    found = [
        {"code": one.code, "name_vi": one.name_vi, "name_en": one.name_en, "source": one.source}
        for one in provinces()
    ]
    if options.json:
        print(as_json({"provinces": found}))
        return 0
    for one in found:
        print(f"{one['code']}  {one['name_vi']} / {one['name_en']}")
    return 0


def _find(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from motcua.core.areas.looking import find, took_over
    from motcua.core.areas.queries import heirs_of
    from motcua.core.now import now

    on = options.on or timezone.localdate(now())
    found = find(options.words, on=options.as_of)
    heirs = heirs_of(found.areas, on)
    agencies = [(one, took_over(one, on)) for one in found.agencies]
    if options.json:
        areas = [_told(one, heirs[one.pk]) for one in found.areas]
        listed = [_agency(*pair) for pair in agencies]
        print(as_json({"count": found.count, "on": on, "areas": areas, "agencies": listed}))
        return 0
    for one in found.areas:
        _print_area(one, heirs[one.pk])
    for agency, heir in agencies:
        print(f"{agency.list_id}  {agency.name_vi} / {agency.name_en}  {_days(agency)}")
        if heir.pk != agency.pk:
            print(f"    → {heir.name_vi} / {heir.name_en}")
    if found.count > len(found.areas):
        print(f"… {found.count}")
    return 0


def _print_area(one: Area, heirs: list[Heir]) -> None:
    lay_in = f", {one.parent.full_name}" if one.parent else ""
    mark = "" if one.status == "confirmed" else "  (unconfirmed)"
    print(f"{one.unit_id}  {one.code or '-'}  {one.full_name}{lay_in}  {_days(one)}{mark}")
    for heir in heirs:
        if heir.area.pk != one.pk:
            mark = "" if heir.confirmed else ", unconfirmed"
            print(f"    → {heir.area.full_name} {heir.area.code} ({_share(heir)}{mark})")


def _days(one: Area | ListedAgency) -> str:
    return f"{one.valid_from or '…'} – {one.valid_to or '…'}"


def _share(heir: Heir) -> str:
    return "part" if heir.portion is None else "whole" if heir.whole else str(heir.portion)


def _told(one: Area, heirs: list[Heir]) -> dict[str, object]:
    return {
        "id": one.unit_id,
        "code": one.code,
        "name": one.full_name,
        "parent": one.parent.full_name if one.parent else None,
        "province": one.province.code,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "status": one.status,
        "source": one.source,
        "heirs": [
            {
                "id": heir.area.unit_id,
                "code": heir.area.code,
                "name": heir.area.full_name,
                "share": _share(heir),
                "main": heir.main,
                "confirmed": heir.confirmed,
            }
            for heir in heirs
        ],
    }


def _agency(one: ListedAgency, heir: ListedAgency) -> dict[str, object]:
    return {
        "id": one.list_id,
        "name_vi": one.name_vi,
        "name_en": one.name_en,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "heir": heir.list_id,
        "status": one.status,
        "source": one.source,
    }


_NOUNS = {"import": _import, "list": _list, "find": _find}

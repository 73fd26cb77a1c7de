"""`motcua areas import NAME|FOLDER | list`: the units of a province through time."""

from __future__ import annotations

import argparse
from pathlib import Path

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer, as_json


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
    """Declare the two nouns."""
    nouns = parser.add_subparsers(dest="noun", metavar="NOUN", required=True)
    taking = nouns.add_parser("import", help="load a province, all of it or nothing")
    taking.add_argument("folder", help="a folder of files, or the name of one that ships (hanoi)")
    taking.add_argument("--dry-run", action="store_true", help="check all and write nothing")
    add_json(taking)
    add_json(nouns.add_parser("list", help="the provinces that are loaded"))


def run(options: argparse.Namespace) -> int:
    """Load a province, or list those that are there."""
    ready()
    return _import(options) if options.noun == "import" else _list(options)


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

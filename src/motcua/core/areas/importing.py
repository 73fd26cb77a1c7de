"""Taking the areas of a province in: all of a folder or nothing, again without a change."""

from __future__ import annotations

import datetime
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from django.db import transaction

from motcua.core.areas.models import Province
from motcua.core.areas.reading import PROVINCE, digest_of, read_folder, texts_of
from motcua.core.areas.writing import Loaded, locked, told_of, write
from motcua.core.ledger.append import Origin, append_to_house
from motcua.core.sql import act

SHIPPED = files("motcua.core.areas") / "data"
"""The folders that ship with Motcua, by name."""


def shipped() -> tuple[str, ...]:
    """Give the names of the folders that ship with Motcua."""
    return tuple(sorted(one.name for one in SHIPPED.iterdir() if one.is_dir()))


def folder_of(name: str) -> Traversable | Path:
    """Give a shipped folder by its name, else the folder at that path."""
    return SHIPPED / name if name in shipped() else Path(name)


def code_of(folder: Traversable | Path) -> str:
    """Give the statistical code of the province whose units a folder holds, or nothing."""
    try:
        return str(tomllib.loads(texts_of(folder)[PROVINCE]).get("code", ""))
    except tomllib.TOMLDecodeError:
        return ""  # the import tells what is wrong with it


def known(folder: Traversable | Path) -> bool:
    """Tell whether just these files were loaded last; one question, and nothing is checked."""
    return Province.objects.filter(digest=digest_of(texts_of(folder))).exists()


def import_areas(
    *,
    actor: str,
    at: datetime.datetime,
    folder: Traversable | Path,
    dry_run: bool = False,
    origin: Origin = "live",
) -> Loaded:
    """Load a folder over what was loaded of its province before.

    Units are added and mended, never removed; successions and listed agencies become those of
    the files. A dry run makes every check and writes nothing. Raises `AreasFaulty`,
    `UnitsLeftOut`, `UnitElsewhere`.
    """
    read = read_folder(folder)
    with act() as tx:
        province = locked(read.province)
        if province.digest == read.digest:
            return told_of(read)
        loaded = write(read, province)
        if dry_run:
            transaction.set_rollback(True)
            return loaded
        data = {**loaded.told(), "digest": read.digest}
        append_to_house(tx, act="import_areas", at=at, actor=actor, data=data, origin=origin)
    return loaded

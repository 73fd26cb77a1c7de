"""The registers of the systems that this instance runs, read once: their files do not change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from django.conf import settings

from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.faults import NoSuchRegister, RegisterTwice
from motcua.core.registers.reading import read


def registers() -> Mapping[str, RegisterDeclaration]:
    """Give every register by key. Raises what `read` does, `RegisterTwice`, `NoSuchRegister`."""
    return _all(tuple(settings.MOTCUA_SYSTEMS))


def register_of(key: str) -> RegisterDeclaration:
    """Give a register by key. Raises `NoSuchRegister`."""
    found = registers().get(key)
    if found is None:
        raise NoSuchRegister(register=key[:40])
    return found


@lru_cache(maxsize=8)
def _all(packages: tuple[str, ...]) -> Mapping[str, RegisterDeclaration]:
    found: dict[str, RegisterDeclaration] = {}
    for package in packages:
        for declared in of_system(package):
            if declared.key in found:
                raise RegisterTwice(register=declared.key)
            found[declared.key] = declared
    for declared in found.values():
        for reference in declared.references:
            if reference.to_register and reference.to not in found:
                raise NoSuchRegister(register=reference.to)
    return found


def of_system(package: str) -> tuple[RegisterDeclaration, ...]:
    """Read the register files of a system's package, in the order of their names."""
    folder, system = files(package) / "registers", package.rpartition(".")[2]
    if not folder.is_dir():
        return ()
    named = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=_name)
    return tuple(
        read(one.read_text(encoding="utf-8"), key=one.name.removesuffix(".toml"), system=system)
        for one in named
    )


def _name(item: object) -> str:
    return str(getattr(item, "name", ""))

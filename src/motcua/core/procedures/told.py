"""What the packages of systems tell beside their files: a name in a module of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings


def each_told(module: str, name: str) -> tuple[Any, ...]:
    """Give all that systems list under a name in such a module of theirs, in their order."""
    found: list[Any] = []
    for one in _told(tuple(settings.MOTCUA_SYSTEMS), module, name):
        found.extend(one)
    return tuple(found)


def one_told(module: str, name: str, key: str) -> Any | None:  # noqa: ANN401 - its reader knows what it asked for
    """Give what the first system tells of a key in a mapping of that name; None where none does."""
    return _mapped(tuple(settings.MOTCUA_SYSTEMS), module, name).get(key)


@lru_cache(maxsize=64)
def _mapped(packages: tuple[str, ...], module: str, name: str) -> Mapping[str, Any]:
    merged: dict[str, Any] = {}
    for one in reversed(_told(packages, module, name)):
        merged.update(one)
    return merged


@lru_cache(maxsize=64)
def _told(packages: tuple[str, ...], module: str, name: str) -> tuple[Any, ...]:
    named = [f"{package}.{module}" for package in packages]
    found = (import_module(one) for one in named if find_spec(one))
    return tuple(getattr(one, name) for one in found if hasattr(one, name))

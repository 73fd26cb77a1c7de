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
    told: tuple[Mapping[str, Any], ...] = _told(tuple(settings.MOTCUA_SYSTEMS), module, name)
    return next((one[key] for one in told if key in one), None)


@lru_cache(maxsize=64)
def _told(packages: tuple[str, ...], module: str, name: str) -> tuple[Any, ...]:
    named = [f"{package}.{module}" for package in packages]
    found = (import_module(one) for one in named if find_spec(one))
    return tuple(getattr(one, name) for one in found if hasattr(one, name))

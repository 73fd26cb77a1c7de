"""The officers' menu: what the systems declare, as far as an officer's posts open it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.core.access.actors import Actor
from motcua.core.procedures.systems import MenuItem, menu
from motcua.faces.ui.templatetags.ui import language

_PRESSED = {"intake": "n"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the menu; `current` is what `aria-current` says: the page itself, or one below.

    `pressed` is the key of the desk that opens it, if any.
    """

    name: str
    address: str
    icon: str
    current: str
    pressed: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together, under their heading."""

    key: str
    name: str
    entries: tuple[Entry, ...]


def rail(actor: Actor, path: str) -> list[Group]:
    """Give the menu of an officer who is on the page of that path; empty groups are left out."""
    names = _names()
    return [
        Group(key, names[key], tuple(_entries(found, path)))
        for key, found in groupby(_open_to(actor), key=lambda item: item.group)
    ]


def _names() -> dict[str, str]:
    return {
        "work": _("Công việc"),
        "office": _("Nghiệp vụ"),
        "watch": _("Theo dõi"),
        "upkeep": _("Quản trị"),
    }


def _open_to(actor: Actor) -> Iterator[MenuItem]:
    """Whoever stands in sees what the post sees; each page decides again whom it lets in."""
    posts = {*(held.post for held in actor.posts), *(lent.post for lent in actor.lent)}
    return (item for item in menu() if not item.posts or posts.intersection(item.posts))


def address_of(item: MenuItem) -> str:
    """Give the name of a page's address: of the desk, unless a system names a page of its own."""
    return item.page if ":" in item.page else f"desk:{item.page}"


def _entries(items: Iterator[MenuItem], path: str) -> Iterator[Entry]:
    for item in items:
        address = reverse(address_of(item))
        below = "true" if path.startswith(f"{address}/") else ""
        yield Entry(
            item.name.text(language()),
            address,
            item.icon,
            "page" if path == address else below,
            _PRESSED.get(item.page, ""),
        )

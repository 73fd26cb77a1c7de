"""A system as its `system.toml` declares it, and the procedure files that lie beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from django.conf import settings

from motcua.core.procedures.declaration import Text
from motcua.core.procedures.faults import UnreadableSystem
from motcua.core.procedures.table import Table, parse
from motcua.kernel.errors import Refused
from motcua.kernel.flow.faults import Fault


class UnknownSystem(Refused):
    """This instance runs no system of that key."""

    code = "procedures.unknown_system"
    vi = "Không có hệ thống “{system}”."
    en = "There is no system “{system}”."
    status = 404


MENU_GROUPS = ("work", "office", "watch", "upkeep")
"""The groups of the menu in their order: my work, the office's, what heads watch, the rest."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the officers' menu: the page of the desk, and who sees it (no posts: all)."""

    key: str
    name: Text
    page: str
    group: str
    icon: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SystemDeclaration:
    """What `system.toml` says; ``posts`` and ``events`` are names by key.

    ``signers`` are the posts that sign what goes out as a result, ``heads`` those that answer for
    the people of their agency: they give its work to others; ``collectors`` those that take fees;
    ``auditors`` those that read the whole access log; ``organisers`` those that draw up what
    becomes of agencies; ``issuers`` number, seal and register official documents.
    The procedures of a system ``on_demand`` are published only by a command that asks for them.
    """

    key: str
    name: Text
    posts: Mapping[str, Text]
    signers: frozenset[str]
    heads: frozenset[str]
    collectors: frozenset[str]
    auditors: frozenset[str]
    organisers: frozenset[str]
    issuers: frozenset[str]
    menu: tuple[MenuItem, ...]
    events: Mapping[str, Text]
    on_demand: bool


@dataclass(frozen=True, slots=True)
class System:
    """A system's declaration and the texts of its procedure files, by file name."""

    declaration: SystemDeclaration
    procedures: Mapping[str, str]


def read_system(text: str, *, key: str) -> SystemDeclaration:
    """Read a `system.toml`; raises `UnreadableSystem` with every fault."""
    faults: list[Fault] = []
    table = parse(text, faults)
    if faults:
        raise UnreadableSystem(faults)
    posts = dict(table.tables("posts", limit=30))
    declaration = SystemDeclaration(
        key=key,
        name=table.words("name"),
        posts={post: row.words() for post, row in posts.items()},
        signers=frozenset(post for post, row in posts.items() if row.flag("signs")),
        heads=frozenset(post for post, row in posts.items() if row.flag("heads")),
        collectors=frozenset(post for post, row in posts.items() if row.flag("collects")),
        auditors=frozenset(post for post, row in posts.items() if row.flag("audits")),
        organisers=frozenset(post for post, row in posts.items() if row.flag("organises")),
        issuers=frozenset(post for post, row in posts.items() if row.flag("issues")),
        menu=tuple(_menu_item(name, row) for name, row in table.tables("menu")),
        events={name: row.words() for name, row in table.tables("events", limit=60)},
        on_demand=table.flag("on_demand"),
    )
    _check_menu(table, declaration)
    table.close()
    if faults:
        raise UnreadableSystem(faults)
    return declaration


@lru_cache(maxsize=128)
def load(package: str) -> System:
    """Read a system from its package, as in ``MOTCUA_SYSTEMS``; its key is the last word.

    The files of a running instance do not change, so they are read once.
    """
    root = files(package)
    declared = read_system(
        (root / "system.toml").read_text(encoding="utf-8"), key=package.rpartition(".")[2]
    )
    folder = root / "procedures"
    found = sorted(folder.iterdir(), key=lambda item: item.name) if folder.is_dir() else []
    texts = {
        item.name: item.read_text(encoding="utf-8") for item in found if item.name.endswith(".toml")
    }
    return System(declared, texts)


def systems() -> tuple[System, ...]:
    """Give every system that this instance runs (setting ``MOTCUA_SYSTEMS``)."""
    return tuple(load(package) for package in settings.MOTCUA_SYSTEMS)


def system_of(key: str) -> SystemDeclaration:
    """Give a system by key; raises `UnknownSystem`."""
    for system in systems():
        if system.declaration.key == key:
            return system.declaration
    raise UnknownSystem(system=key)


def head_posts() -> frozenset[str]:
    """Give the posts, over all systems, that answer for the people of their agency."""
    return frozenset().union(*(system.declaration.heads for system in systems()))


def audit_posts() -> frozenset[str]:
    """Give the posts, over all systems, that read the whole access log."""
    return frozenset().union(*(system.declaration.auditors for system in systems()))


def menu() -> tuple[MenuItem, ...]:
    """Give what all systems put into the officers' menu, group by group, each page once."""
    found: dict[str, MenuItem] = {}
    for system in systems():
        for item in system.declaration.menu:
            found.setdefault(item.page, item)
    return tuple(sorted(found.values(), key=lambda item: MENU_GROUPS.index(item.group)))


def signing_posts() -> frozenset[str]:
    """Give the posts, over all systems, that sign what goes out as a result."""
    return frozenset().union(*(system.declaration.signers for system in systems()))


def organising_posts() -> frozenset[str]:
    """Give the posts, over all systems, that draw up what becomes of agencies."""
    return frozenset().union(*(system.declaration.organisers for system in systems()))


def issuing_posts() -> frozenset[str]:
    """Give the posts, over all systems, that number, seal and register official documents."""
    return frozenset().union(*(system.declaration.issuers for system in systems()))


def _menu_item(key: str, row: Table) -> MenuItem:
    return MenuItem(
        key,
        row.words(),
        page=row.text("page"),
        group=row.one_of("group", MENU_GROUPS, "office"),
        icon=row.text("icon", "list"),
        posts=row.texts("posts", ()),
    )


def _check_menu(table: Table, declaration: SystemDeclaration) -> None:
    allowed = ", ".join(declaration.posts)
    for item in declaration.menu:
        for post in item.posts:
            if post not in declaration.posts:
                where = f"menu.{item.key}.posts"
                table.note("procedure.not_one_of", where, value=post, allowed=allowed)

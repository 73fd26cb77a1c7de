"""Procedures as acts and pages ask for them, from a cache of this process."""

from __future__ import annotations

import time
from dataclasses import dataclass

from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.encoding import declaration_of
from motcua.core.procedures.models import Version
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import sort_key, words

# Another process may have published meanwhile; a filing under the version of a moment ago is fine.
_FRESH_SECONDS = 5.0
_KEPT = 2000


class UnknownVersion(Refused):
    """No version has this id."""

    code = "procedures.unknown_version"
    vi = "Không có phiên bản thủ tục số {version}."
    en = "There is no procedure version {version}."
    status = 404


class NotOffered(Refused):
    """No published version of this code."""

    code = "procedures.not_offered"
    vi = "Thủ tục {procedure} chưa được công bố hoặc đã hết hiệu lực."
    en = "The procedure {procedure} is not published here."
    status = 404


@dataclass(frozen=True, slots=True)
class Current:
    """The published version of a procedure."""

    version_id: int
    procedure_id: int
    declaration: Declaration


_declared: dict[int, Declaration] = {}
_current: dict[str, tuple[float, Current]] = {}


def declared(version_id: int) -> Declaration:
    """Give what a version says; raises `UnknownVersion`. A draft is read anew each time."""
    found = _declared.get(version_id)
    if found is not None:
        return found
    row = Version.objects.filter(pk=version_id).values_list("state", "body").first()
    if row is None:
        raise UnknownVersion(version=version_id)
    return _keep(version_id, *row)


def current(code: str) -> Current:
    """Give the published version of a procedure, at most seconds old; raises `NotOffered`."""
    kept = _current.get(code)
    if kept is not None and time.monotonic() - kept[0] < _FRESH_SECONDS:
        return kept[1]
    _current.pop(code, None)
    if not code.isprintable():  # neither database takes NUL or half a surrogate pair
        raise NotOffered(procedure=ascii(code))
    row = (
        Version.objects.filter(procedure__code=code, state=Version.State.PUBLISHED)
        .values_list("id", "procedure_id")
        .first()
    )
    if row is None:
        raise NotOffered(procedure=code)
    found = Current(row[0], row[1], declared(row[0]))
    _current[code] = (time.monotonic(), found)
    return found


def offered(search: str = "") -> tuple[Current, ...]:
    """List what people can ask for themselves, online or at a counter (see `published`)."""
    open_to_people = {"public", "counter"}
    return tuple(one for one in published(search) if open_to_people & {*one.declaration.channels})


def published(search: str = "", *, system: str | None = None) -> tuple[Current, ...]:
    """List published procedures whose code, names or laws hold every word, by Vietnamese order.

    Those of one name stand in the order of their codes: a database promises no order of its own.
    """
    rows = Version.objects.filter(state=Version.State.PUBLISHED)
    if system is not None:
        rows = rows.filter(procedure__system=system)
    for word in words(search):
        rows = rows.filter(procedure__folded__contains=word)
    found = [
        Current(version_id, procedure_id, declared(version_id))
        for version_id, procedure_id in rows.values_list("id", "procedure_id")
    ]
    return tuple(sorted(found, key=_by_name))


def _by_name(one: Current) -> tuple[object, ...]:
    return sort_key(one.declaration.name.vi), one.declaration.code


def version_numbered(code: str, number: int) -> Version:
    """Give a version of a procedure, whatever its state; raises `UnknownVersion`."""
    rows = Version.objects.filter(procedure__code=code, number=number)
    found = rows.first() if code.isprintable() else None
    if found is None:
        raise UnknownVersion(version=f"{ascii(code)[1:-1]}/{number}")
    return found


def forget(version_id: int) -> None:
    """Drop a version that is being written (a rolled-back id may come again)."""
    _declared.pop(version_id, None)
    forget_current()


def forget_current() -> None:
    """Ask the tables next time which versions are in force."""
    _current.clear()


def clear() -> None:
    """Forget everything that this process keeps."""
    _declared.clear()
    _current.clear()


def _keep(version_id: int, state: str, body: str) -> Declaration:
    declaration = declaration_of(body)
    if state != Version.State.DRAFT:
        if len(_declared) >= _KEPT:
            _declared.clear()
        _declared[version_id] = declaration
    return declaration

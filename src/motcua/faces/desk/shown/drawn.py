"""A draft of a reform as its page shows it: one part for each agency that ends, faults first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.procedures.queries import published
from motcua.core.reform.faults import part_of
from motcua.core.reform.ground import Going, Ground
from motcua.core.reform.preview import Preview
from motcua.core.reform.rules import Succession
from motcua.faces.desk.words import language, post_names
from motcua.kernel.errors import Refused

KIND_NAMES = {
    "merged": gettext_lazy("Nhập, hợp nhất"),
    "split": gettext_lazy("Chia, tách"),
    "dissolved": gettext_lazy("Giải thể, chuyển nhiệm vụ"),
    "renamed": gettext_lazy("Đổi tên, lập lại"),
}


@dataclass(frozen=True, slots=True)
class HeirLine:
    """One who takes over, and what: in words, with the mark by which it is taken out again."""

    mark: str
    name: str
    takes: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """An agency that ends: its heirs, what they would get, and what is wrong with it."""

    code: str
    name: str
    kind: str
    heirs: tuple[HeirLine, ...]
    dossiers: int
    legs: int
    posts: int
    faults: tuple[str, ...]

    @property
    def is_faulty(self) -> bool:
        """Whether anything of it has to be corrected."""
        return bool(self.faults) or any(one.faults for one in self.heirs)


@dataclass(frozen=True, slots=True)
class Seated:
    """An officer's post at an ending agency and where it goes; `to` is empty where nobody says."""

    number: str
    name: str
    post: str
    post_name: str
    to: str
    is_told: bool
    heir: str
    new: str


def mark_of(row: Succession) -> str:
    """Give the mark of a row, the same for the same row wherever it stands."""
    return hashlib.sha256(repr(row).encode()).hexdigest()[:16]


def endings(ground: Ground, found: Preview) -> list[Ending]:
    """Give the parts of a draft, those with faults first."""
    texts = fault_texts(found.faults)
    rows: dict[str, list[Succession]] = {}
    for one in ground.order.successions:
        rows.setdefault(one.ending, []).append(one)
    parts = [_ending(code, told, ground, found, texts) for code, told in rows.items()]
    return sorted(parts, key=lambda one: not one.is_faulty)


def fault_texts(faults: Iterable[Refused]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Give the sentences of faults by the part that they are about; the rest under no part."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in faults:
        part = part_of(one)
        found[part] = (*found.get(part, ()), one.text(language()))
    return found


def _ending(
    code: str,
    rows: list[Succession],
    ground: Ground,
    found: Preview,
    texts: dict[tuple[str, str], tuple[str, ...]],
) -> Ending:
    lines = [one for one in found.lines if one.ending == code]
    heirs = (
        HeirLine(mark_of(one), ground.name(one.heir), takes(one), texts.get(("heir", one.heir), ()))
        for one in rows
    )
    return Ending(
        code=code,
        name=ground.name(code),
        kind=str(KIND_NAMES.get(rows[0].kind, rows[0].kind)),
        heirs=tuple(heirs),
        dossiers=sum(one.total for one in lines),
        legs=sum(one.legs for one in lines),
        posts=sum(going.ending == code for going in ground.posts),
        faults=texts.get(("from", code), ()),
    )


def takes(row: Succession) -> str:
    """Tell what an heir takes over."""
    names = {one.declaration.code: one.declaration.short.text(language()) for one in published()}
    parts = [names.get(code, code) for code in row.procedures]
    if row.areas:
        parts.append(_("địa bàn %s") % ", ".join(row.areas))
    what = ", ".join(parts) if parts else _("mọi việc còn lại")
    return f"{what} ({row.share}%)" if row.share else what


def seated(ground: Ground, code: str) -> Iterator[Seated]:
    """Give the posts of an ending agency."""
    names = post_names()
    told = {(one.number, one.ending, one.post) for one in ground.order.seats}
    for going in ground.posts:
        if going.ending != code:
            continue
        row = going.appointment
        number = row.officer.staff_number
        heir, new = going.to or ("", "")
        yield Seated(
            number=number,
            name=row.officer.name,
            post=row.post,
            post_name=names.get(row.post, row.post),
            to=_goes(going, ground, names),
            is_told=(number, code, row.post) in told,
            heir=heir,
            new=new,
        )


def _goes(going: Going, ground: Ground, names: dict[str, str]) -> str:
    if going.to is None:
        return ""
    heir, post = going.to
    if not heir:
        return _("Thôi giữ vị trí này")
    return f"{names.get(post, post)}, {ground.name(heir)}"

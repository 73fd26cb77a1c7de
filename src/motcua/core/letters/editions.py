"""Which edition of a template is in force at an instant, and which others there are."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from motcua.core.letters.declared import Letter, letters
from motcua.core.letters.models import LetterEdition
from motcua.core.letters.rules import EditionUnknown
from motcua.core.letters.sources import SHIPPED, LetterUnknown, Sources, shipped, templates

_NUL = "\0"


@dataclass(frozen=True, slots=True)
class Standing:
    """A letter with the edition in force (None: the one that ships), what comes, and the draft."""

    letter: Letter
    in_force: LetterEdition | None
    coming: LetterEdition | None
    draft: LetterEdition | None


def in_force(system: str, letter: str, *, at: datetime.datetime) -> Sources:
    """Give the edition that a paper asked for at an instant is set from; raises `LetterUnknown`."""
    if f"{letter}.typ" not in templates(system) or _NUL in letter:
        raise LetterUnknown(system=system, letter=letter)
    row = _published(system, letter).filter(in_force_at__lte=at).order_by("-number").first()
    return shipped(system, letter) if row is None else sources_of(row)


def numbered(letter: Letter, number: int) -> Sources:
    """Give a published edition, or the one that ships; raises `EditionUnknown`."""
    if number == SHIPPED:
        return shipped(letter.system, letter.key)
    row = _published(letter.system, letter.key).filter(number=number).first()
    if row is None:
        raise EditionUnknown(number=number)
    return sources_of(row)


def sources_of(row: LetterEdition) -> Sources:
    """Give what a row holds; a draft has no number yet that papers could keep."""
    published = row.state == LetterEdition.State.PUBLISHED
    return Sources(row.letter, row.text, row.shared, row.number if published else None)


def draft_of(letter: Letter) -> LetterEdition | None:
    """Give the edition that is being written, if there is one."""
    rows = LetterEdition.objects.filter(system=letter.system, letter=letter.key)
    return rows.filter(state=LetterEdition.State.DRAFT).first()


def editions_of(letter: Letter) -> list[LetterEdition]:
    """Give the published editions of a letter, newest first."""
    return list(_published(letter.system, letter.key).order_by("-number"))


def standing(at: datetime.datetime) -> list[Standing]:
    """Give every letter with what is in force, two statements in all."""
    rows = LetterEdition.objects.exclude(state=LetterEdition.State.DROPPED).defer("text", "shared")
    by: dict[tuple[str, str], list[LetterEdition]] = {}
    for row in rows.order_by("number"):
        by.setdefault((row.system, row.letter), []).append(row)
    return [_standing(one, by.get((one.system, one.key), []), at) for one in letters()]


def standing_of(letter: Letter, at: datetime.datetime) -> Standing:
    """Give one letter with what is in force."""
    draft = draft_of(letter)
    rows = [*reversed(editions_of(letter)), *([draft] if draft else [])]
    return _standing(letter, rows, at)


def _standing(letter: Letter, rows: list[LetterEdition], at: datetime.datetime) -> Standing:
    draft = next((one for one in rows if one.state == LetterEdition.State.DRAFT), None)
    begun = [one for one in rows if one.in_force_at is not None and one.in_force_at <= at]
    coming = [one for one in rows if one.in_force_at is not None and one.in_force_at > at]
    return Standing(letter, begun[-1] if begun else None, coming[-1] if coming else None, draft)


def _published(system: str, letter: str) -> QuerySet[LetterEdition]:
    rows = LetterEdition.objects.filter(system=system, letter=letter)
    return rows.filter(state=LetterEdition.State.PUBLISHED)

"""What a document says, from a letter template: set in the sandbox, read as grounds and paragraphs.

A template names what it says: `#metadata((ground: "…"))<motcua-part>` for a ground,
`#metadata((paragraph: "…"))<motcua-part>` for a paragraph, in their order, and once perhaps
`(abstract: "…")`. What comes of it is
plain text, which the drafter may change, and which is laid out like any other document.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from motcua.core.documents.context import heading
from motcua.core.letters.child import ENVELOPE
from motcua.core.letters.declared import Letter, letter_at, letters
from motcua.core.letters.editions import in_force
from motcua.core.letters.faults import TemplateFaulty
from motcua.core.letters.sandbox import BOUNDS, Bounds, Setting, run
from motcua.core.letters.setting import given
from motcua.core.letters.sources import LetterUnknown, Sources
from motcua.core.official.content import Content
from motcua.core.official.kinds import KINDS
from motcua.core.official.models import IncomingDocument
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import format_date

GROUND, PARAGRAPH, ABSTRACT = "ground", "paragraph", "abstract"


class SaysNothing(Refused):
    """A template names no paragraph, so no document comes of it."""

    code = "official.template_says_nothing"
    vi = "Mẫu “{letter}” không nêu đoạn nào cho nội dung văn bản."
    en = "The template “{letter}” names no paragraph of a document."


def content_by(address: str, data: Mapping[str, object], *, at: datetime.datetime) -> Content:
    """Give what the edition of a letter in force says with this data.

    `address` is that of a letter, `system.key`. Raises `LetterUnknown`, and as `content_of` does.
    """
    letter = letter_at(address)
    return content_of(in_force(letter.system, letter.key, at=at), data, at=at)


def content_of(
    sources: Sources, data: Mapping[str, object], *, at: datetime.datetime, bounds: Bounds = BOUNDS
) -> Content:
    """Give what a template says with this data, JSON as letters take it.

    Raises `TemplateFaulty` for one that cannot be set or breaks a bound, `SandboxBusy`, and
    `SaysNothing`.
    """
    return _read(sources, data, at=at, bounds=bounds)[1]


def _read(
    sources: Sources, data: Mapping[str, object], *, at: datetime.datetime, bounds: Bounds = BOUNDS
) -> tuple[str, Content]:
    files = {
        **sources.files(),
        "letter.typ": sources.text,
        "main.typ": ENVELOPE,
        "data.json": given(data),
    }
    [made] = run([Setting(files, int(at.timestamp()))], "parts", bounds=bounds)
    if made.faults:
        raise TemplateFaulty(list(made.faults))
    named = [one for one in made.value["parts"] if isinstance(one, dict)]
    grounds, paragraphs = (
        [str(one[kind]) for one in named if kind in one] for kind in (GROUND, PARAGRAPH)
    )
    if not paragraphs:
        raise SaysNothing(letter=sources.letter)
    abstract = next((str(one[ABSTRACT]) for one in named if ABSTRACT in one), "")
    return abstract, Content(paragraphs, grounds)


@dataclass(frozen=True, slots=True)
class Begun:
    """What a template gives a draft: the key of its kind, its abstract and content."""

    kind: str
    abstract: str
    content: Content


def document_templates() -> tuple[Letter, ...]:
    """Give the letters from which official documents are drafted, of every system."""
    return tuple(one for one in letters() if one.drafts in KINDS)


def begun_by(
    address: str, *, agency_id: int, answered: IncomingDocument | None, at: datetime.datetime
) -> Begun:
    """Give what a template of official documents says for an agency.

    `answered` is the incoming document to which it replies. Raises `LetterUnknown`, also for a
    letter that is no such template, and as `content_of` does.
    """
    letter = letter_at(address)
    if letter.drafts not in KINDS:
        raise LetterUnknown(system=letter.system, letter=letter.key)
    data = {
        "letter": {"key": letter.key, "name": letter.told.vi},
        "head": {**heading(agency_id, timezone.localtime(at).date()), "desk": ""},
        "code": "",
        "lookup": "",
        "sample": False,
        "answered": _answered(answered),
    }
    abstract, content = _read(in_force(letter.system, letter.key, at=at), data, at=at)
    return Begun(letter.drafts, abstract, content)


def _answered(row: IncomingDocument | None) -> dict[str, str] | None:
    if row is None:
        return None
    return {
        "author": row.author,
        "signs": row.signs,
        "dated": format_date(row.dated) if row.dated else "",
        "abstract": row.abstract,
    }

"""What a document says, from a letter template: set in the sandbox, read as grounds and paragraphs.

A template names what it says: `#metadata((ground: "…"))<motcua-part>` for a ground,
`#metadata((paragraph: "…"))<motcua-part>` for a paragraph, in their order. What comes of it is
plain text, which the drafter may change, and which is laid out like any other document.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from motcua.core.letters.child import ENVELOPE
from motcua.core.letters.declared import letter_at
from motcua.core.letters.editions import in_force
from motcua.core.letters.faults import TemplateFaulty
from motcua.core.letters.sandbox import BOUNDS, Bounds, Setting, run
from motcua.core.letters.setting import given
from motcua.core.letters.sources import Sources
from motcua.core.official.content import Content
from motcua.kernel.errors import Refused

GROUND, PARAGRAPH = "ground", "paragraph"


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
    return Content(paragraphs, grounds)

"""Two editions of a template side by side: the lines that differ, and nothing else. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from motcua.core.letters.sources import Sources


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines from `first` to `last` of the later text (or before `first`, if none) that differ."""

    shared: bool
    first: int
    last: int
    before: str
    after: str


def stretches(before: Sources, after: Sources) -> tuple[Stretch, ...]:
    """Give what differs between two editions: first the letter's own text, then the shared parts.

    Equal editions give nothing.
    """
    return (
        *_differing(before.text, after.text, shared=False),
        *_differing(before.shared, after.shared, shared=True),
    )


def _differing(before: str, after: str, *, shared: bool) -> Iterator[Stretch]:
    old, new = before.splitlines(), after.splitlines()
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield Stretch(shared, c + 1, d, "\n".join(old[a:b]), "\n".join(new[c:d]))

"""Templates for the tests, of letters that ship."""

from __future__ import annotations

import datetime

from motcua.core.letters.declared import Letter, letter_at
from motcua.core.letters.sources import Sources, shipped

AT = datetime.datetime(2026, 11, 16, 7, 20, tzinfo=datetime.UTC)


def form03() -> Letter:
    return letter_at("one_stop.form03")


def written(text: str, *, letter: str = "form03", shared: str | None = None) -> Sources:
    """Give a draft with this text; its shared parts are those that ship."""
    there = shipped("one_stop", letter)
    return Sources(letter, text, there.shared if shared is None else shared, None)


def mended(old: str, new: str, *, letter: str = "form03") -> Sources:
    """Give a draft that says `new` where the letter that ships says `old`."""
    text = shipped("one_stop", letter).text
    assert old in text
    return written(text.replace(old, new), letter=letter)

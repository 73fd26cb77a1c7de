"""Mức độ dịch vụ công: levels 1 to 4 until Decree 42/2022/NĐ-CP, three names since.

`info` gives information only, `part` (một phần) is filed online, `full` (toàn trình) is filed, paid
and answered online. Of the old levels 1 and 2 are information; 3 is taken for `part` and 4 for
`full` until somebody has looked: a service of level 3 whose result comes by post and asks for no
presence is `full` too.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from motcua.core.procedures.declaration import Mark

SINCE = datetime.date(2022, 8, 15)
"""Decree 42/2022/NĐ-CP in force (from common practice: the day was not read in the decree)."""

OLD = ("1", "2", "3", "4")
NEW = ("info", "part", "full")
BECAME = {"1": "info", "2": "info", "3": "part", "4": "full"}
NAMES: dict[str, tuple[str, str]] = {
    **{level: (f"Mức độ {level}", f"Level {level}") for level in OLD},
    "info": ("Cung cấp thông tin", "Information only"),
    "part": ("Một phần", "Partly online"),
    "full": ("Toàn trình", "Fully online"),
}
_WORDS = re.compile(
    r"mức(?: độ)? (?P<old>[1-4])|(?P<part>một phần)|(?P<full>toàn trình)", re.IGNORECASE
)
BY_DECREE = "Quy đổi theo Nghị định 42/2022/NĐ-CP, chưa rà soát từng thủ tục"


@dataclass(frozen=True, slots=True)
class Span:
    """A level from one day until another; None where the day is not known or has not come."""

    level: str
    first: datetime.date | None
    last: datetime.date | None
    mark: Mark
    source: str


def spans_of(text: str, mark: Mark, source: str) -> tuple[Span, ...]:
    """Read the levels that a text names, in order of time.

    An old level lasted until the decree; where no new one is named, what it became by the decree
    follows, unconfirmed. Of several levels of one time (places differ) the first counts.
    """
    named = [
        match["old"] or ("part" if match["part"] else "full") for match in _WORDS.finditer(text)
    ]
    old = next((level for level in named if level in OLD), None)
    new = next((level for level in named if level in NEW), None)
    spans = []
    if old:
        spans.append(Span(old, None, SINCE - datetime.timedelta(1), mark, source))
    if new:
        spans.append(Span(new, SINCE if old else None, None, mark, source))
    elif old:
        spans.append(Span(BECAME[old], SINCE, None, Mark.UNCONFIRMED, BY_DECREE))
    return tuple(spans)


def fits(level: str, on: datetime.date) -> bool:
    """Tell whether the law of a day knows the level."""
    return level in (OLD if on < SINCE else NEW)

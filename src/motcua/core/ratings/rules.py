"""What a rating is, when it may be given, and what may be shown of many: pure decisions."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from motcua.core.procedures.declaration import Text
from motcua.kernel.errors import Invalid, Refused

BEST = 2
"""The most points for one criterion; 0 is the least."""

_TENTH = Decimal("0.1")


class NotTheRater(Refused):
    """A dossier is rated by its applicant, on their own or at the receiving counter."""

    code = "ratings.not_the_rater"
    vi = "Chỉ người nộp đánh giá hồ sơ này: trên trang theo dõi, hoặc trên máy của quầy tiếp nhận."
    en = "Only the applicant rates this dossier: when tracking it, or at the receiving counter."
    status = 403


class NoResultYet(Refused):
    """Nothing is rated before there is a result, and nothing that was withdrawn."""

    code = "ratings.no_result_yet"
    vi = "Chỉ đánh giá được khi hồ sơ đã có kết quả; tại quầy là khi đã trả kết quả."
    en = "A dossier is rated once there is a result; at the counter, once it was handed out."
    status = 409


class RatedAlready(Refused):
    """The counter asks once: what stands is changed by the applicant alone."""

    code = "ratings.rated_already"
    vi = "Hồ sơ này đã được đánh giá. Người nộp sửa được trên trang theo dõi."
    en = "This dossier has been rated. Its applicant can change that when tracking it."
    status = 409


class ChangeOver(Refused):
    """The days in which a rating may be changed are over."""

    code = "ratings.change_over"
    vi = "Đánh giá chỉ sửa được trong {days} ngày từ lần đầu."
    en = "A rating can be changed within {days} days of the first one."
    status = 409


class MarkMissing(Refused):
    """A criterion that is judged for the dossier has no mark."""

    code = "ratings.mark_missing"
    vi = "Hãy chọn một mức."
    en = "Choose a mark."


class MarkWrong(Refused):
    """A mark is not 0, 1 or 2."""

    code = "ratings.mark_wrong"
    vi = "Mức phải là 0, 1 hoặc 2."
    en = "The mark is 0, 1 or 2."


class UnknownCriterion(Refused):
    """There is no such criterion."""

    code = "ratings.unknown_criterion"
    vi = "Không có tiêu chí “{criterion}”."
    en = "There is no criterion “{criterion}”."


class NotTheHead(Refused):
    """Averages are for those who answer for the agency."""

    code = "ratings.not_the_head"
    vi = "Kết quả đánh giá dành cho người đứng đầu cơ quan (hoặc cấp trên)."
    en = "What applicants think is for heads of the agency or of an agency above it."
    status = 403


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question. What is judged `of_agency` may be left unanswered for a dossier."""

    key: str
    name: Text
    of_agency: bool


@dataclass(frozen=True, slots=True)
class Band:
    """The word for a sum of averages that is at least `least`."""

    key: str
    name: Text
    least: int


@dataclass(frozen=True, slots=True)
class Criteria:
    """The declared criteria in legal order, and the bands of their sum, best first."""

    key: str
    source: str
    criteria: tuple[Criterion, ...]
    bands: tuple[Band, ...]


def checked(marks: Mapping[str, int], told: Criteria) -> dict[str, int]:
    """Give the marks in legal order; raises `Invalid` with every fault at once."""
    known = {one.key: one for one in told.criteria}
    problems: dict[str, Refused] = {
        f"marks.{key}": UnknownCriterion(criterion=key[:40]) for key in marks.keys() - known.keys()
    }
    for key, one in known.items():
        if key not in marks:
            if not one.of_agency:
                problems[f"marks.{key}"] = MarkMissing()
        elif not 0 <= marks[key] <= BEST:
            problems[f"marks.{key}"] = MarkWrong()
    if problems:
        raise Invalid(problems)
    return {key: marks[key] for key in known if key in marks}


def check_change(
    first: datetime.datetime | None, at: datetime.datetime, days: int, *, counter: bool
) -> None:
    """Refuse a change of a rating that was first given at `first`, if it was given at all."""
    if first is None:
        return
    if counter:
        raise RatedAlready
    if not changeable(first, at, days):
        raise ChangeOver(days=days)


def changeable(first: datetime.datetime, at: datetime.datetime, days: int) -> bool:
    """Tell whether a rating first given then may still be changed."""
    return at < first + datetime.timedelta(days=days)


def final(month: datetime.date, today: datetime.date, days: int) -> bool:
    """Tell whether no rating first given in a month (its first day) can change any more.

    Only such months are shown: from two looks at a growing average one could work out a mark.
    """
    return following(month) + datetime.timedelta(days=days) <= today


def following(month: datetime.date) -> datetime.date:
    """Give the first day of the next month."""
    return (month.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


def average(total: int, count: int, least: int) -> Decimal | None:
    """Give points per rating to one decimal place, None where fewer than `least` gave a mark."""
    if count < max(least, 1):
        return None
    return (Decimal(total) / count).quantize(_TENTH, ROUND_HALF_UP)


def band(total: Decimal, bands: tuple[Band, ...]) -> Band:
    """Give the band of a sum of averages."""
    return next(one for one in bands if total >= one.least)

"""Due dates of many open duties at once, for the preview when the calendar changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from motcua.kernel.calendar.model import Calendar, NegativeMinutes


def recompute(calendar: Calendar, starts: Sequence[int], minutes: Sequence[int]) -> list[int]:
    """Give the due minute of each start on a calendar.

    Starts and results are whole minutes since 1970-01-01T00:00Z (``minute_of``, ``instant_of``),
    ``minutes`` working minutes; both sequences have one length (else ``ValueError``). Equals
    ``Calendar.due`` row by row, and refuses the whole with ``OutOfRange`` or ``NegativeMinutes``
    when one row would be refused.
    """
    if not starts and not minutes:
        return []
    if min(minutes) < 0:
        raise NegativeMinutes(minutes=min(minutes))
    table = calendar.table
    if min(starts) < table.midnights[0] or max(starts) >= table.midnights[-1]:
        raise calendar.out_of_range()
    # Lists of plain integers answer a bisection faster than packed arrays do; the extra begin
    # in front stands for the time before the first shift.
    begins = [table.midnights[0], *table.begins]
    totals = [0, *table.totals]
    dues = []
    try:
        for start, wanted in zip(starts, minutes, strict=True):
            if not wanted:
                dues.append(start)
                continue
            index = bisect_right(begins, start) - 1
            used = totals[index] + start - begins[index]
            total = min(used, totals[index + 1]) + wanted
            index = bisect_left(totals, total) - 1
            dues.append(begins[index] + total - totals[index])
    except IndexError:
        raise calendar.out_of_range() from None
    return dues

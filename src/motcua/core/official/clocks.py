"""Until when what came in is to be handed over (HANDBOOK §4.1, from memory: unconfirmed)."""

from __future__ import annotations

import datetime

from motcua.core.clock.calendars import calendars
from motcua.core.official.models import IncomingDocument


def hand_over_by(row: IncomingDocument) -> datetime.datetime:
    """Give until when a registered document is given to somebody.

    An urgent one of any grade at once; any other by the end of that working day, or of the next
    where none of it was left.
    """
    if row.urgency:
        return row.registered_at
    return calendars[row.agency.calendar].end_of_working_day(row.registered_at)

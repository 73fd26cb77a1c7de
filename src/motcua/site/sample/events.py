"""What happens to a simulated city, whatever its dossiers do."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens to the city: a leave, a reform.

    `happen` is called with the instant, once in each run: it has to do nothing where a run that
    was broken off has done it. `moves_dossiers` tells that it acts on dossiers, too.
    """

    at: datetime.datetime
    happen: Callable[[datetime.datetime], object]
    moves_dossiers: bool = False

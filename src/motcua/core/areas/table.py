"""What a folder of areas holds: one dataclass per file, one field per column.

`units.csv` and `changes.csv` are required, `agencies.csv` and `counts.csv` may be there; who they
are about stands in `province.toml`. Dates are ISO days, half-open; codes are text.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProvinceFile:
    """Whose units these are. `partial`: only some of them; `bounds`: south, west, north, east.

    `facts_from` is the first day that the files tell of: before it nothing is known, whatever
    the rows say.
    """

    code: str
    name_vi: str
    name_en: str
    agency_code: str
    source: str
    partial: bool
    facts_from: datetime.date | None
    bounds: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One version of a unit (`units.csv`); `line` is where it stands in the file."""

    line: int
    unit_id: str
    gso_code: str
    name: str
    type: str
    tier: str
    parent_unit_id: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    lat: float | None
    lon: float | None
    source: str
    status: str
    note: str

    def lives(self, on: datetime.date) -> bool:
        """Tell whether the unit exists on a day."""
        return (self.valid_from or on) <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What became of a unit on a day (`changes.csv`)."""

    line: int
    date: datetime.date
    legal_ref: str
    from_unit_id: str
    to_unit_id: str
    share: str
    kind: str
    main_heir: bool | None
    source: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency as a list has it (`agencies.csv`), with its codes in both forms."""

    line: int
    list_id: str
    tier: str
    name_vi: str
    name_en: str
    code_qd20: str
    code_102: str
    heir: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    source: str
    status: str
    note: str

    def lives(self, on: datetime.date) -> bool:
        """Tell whether the agency is there on a day."""
        return (self.valid_from or on) <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many units or agencies of a tier (and a kind) a source counts on a day (`counts.csv`)."""

    line: int
    day: datetime.date
    tier: str
    kind: str
    count: int
    source: str


@dataclass(frozen=True, slots=True)
class Folder:
    """All that was read of a folder; `digest` is the SHA-256 of its files."""

    province: ProvinceFile
    units: tuple[UnitRow, ...]
    changes: tuple[ChangeRow, ...]
    agencies: tuple[AgencyRow, ...]
    counts: tuple[CountRow, ...]
    digest: str

"""Forms of files that a system adds to its registers: `FORMS` in `forms.py` of its package.

What comes in by one goes the way of every file: looked at row by row, then all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from motcua.core.procedures.told import each_told
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.kernel.errors import Refused

if TYPE_CHECKING:
    from motcua.core.access.log import Reader
    from motcua.core.registers.querying import Filter
    from motcua.core.registers.sheets import Row


class NotGivenSo(Refused):
    """The register is not given out in that form."""

    code = "registers.not_given_so"
    vi = "Sổ này không xuất theo dạng “{form}”."
    en = "This register is not given out as “{form}”."
    status = 404


class Foreign(Protocol):
    """A form of JSON files that others made up; `key` names it in addresses, `name` on pages.

    It is given out of the registers `gives`, and read into the registers `takes`.
    """

    key: str
    name: str
    gives: Collection[str]
    takes: Collection[str]

    def owns(self, told: Mapping[str, Any]) -> bool:
        """Tell whether a file is one of these."""

    def rows(self, declaration: RegisterDeclaration, told: Mapping[str, Any]) -> list[Row]:
        """Read what of a file belongs into a register. Raises `FileUnreadable`."""

    def give(
        self, out: BinaryIO, reader: Reader, declaration: RegisterDeclaration, wanted: Filter
    ) -> int:
        """Write the records of a list; give their number. Raises `TooManyRecords`."""


def given_of(register: str) -> list[Foreign]:
    """Give the forms in which a register goes out beside those of every register."""
    return [one for one in _every() if register in one.gives]


def form_of(register: str, key: str) -> Foreign:
    """Give a form in which a register goes out, by its key. Raises `NotGivenSo`."""
    found = next((one for one in given_of(register) if one.key == key), None)
    if found is None:
        raise NotGivenSo(form=key[:40])
    return found


def reader_of(register: str, told: Mapping[str, Any]) -> Foreign | None:
    """Give the form that reads a file into a register; None where there is none."""
    every = _every()
    return next((one for one in every if register in one.takes and one.owns(told)), None)


def _every() -> tuple[Foreign, ...]:
    return each_told("forms", "FORMS")

"""What the entries of a dossier say of its work: who held what, from which act to which.

An entry tells the work that was open after its act; the id of a row says which act opened it. So
the beginning, the end and the holder of every row follow from the entries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from motcua.core.dossiers.plan import MIGRATED, REASSIGNED, REFORM, REFORMED, RESULTS, UNDONE
from motcua.core.dossiers.situation import told
from motcua.core.dossiers.store import ITEMS_AN_ACT
from motcua.core.places import LAST
from motcua.core.sql import Row, instant
from motcua.kernel.flow.definition import Definition, Kind
from motcua.kernel.flow.mapping import MIGRATE

WORK_COLUMNS = (
    "id, step, leg, agency_id, post, officer_id, began_at, due_at, began_recorded, ended_at,"
    " ended_recorded, result, ended_by_id"
)
ITEM = 8  # the first columns are those of open work
ENDED_AT = 9

Body = dict[str, Any]
Told = list[Any]  # as `work_of` writes a row


def work_of(row: Row) -> Told:
    """Give the values of `WORK_COLUMNS` as the ledger spells them: item, beginning, end."""
    began, due, recorded, ended, end_recorded = (told(instant(value)) for value in row[6:11])
    return [[*row[1:6], due], [began, recorded], [ended, end_recorded, *row[11:]]]


def work_told(
    kept: Mapping[int, Told], bodies: Iterable[Body], flows: Callable[[int], Definition]
) -> dict[int, Told]:
    """Give the rows that were kept as the entries tell them; what no row is kept of, below 0.

    `flows` gives the flow of a version: an act is judged by the one its entry names.
    """
    opened: dict[int, list[int]] = defaultdict(list)
    for row_id in kept:
        opened[opened_by(row_id)].append(row_id)
    found: dict[int, Told] = {}
    held: dict[int | None, int] = {}  # leg (None: the step itself) → id of its row
    for body in bodies:
        for row_id in opened[body["seq"]]:
            # What began and ended within one act stands in no entry: its own word is taken.
            item = kept[row_id][0]
            _end(found, held, item[1], body, flows)
            found[row_id] = [item, [body["at"], body["recorded"]], _OPEN]
            held[item[1]] = row_id
        after = body["data"].get("after")
        if after is not None:
            _agree(found, held, after["work"], body, flows)
    return found


_OPEN = [None, None, "", None]


def _agree(
    found: dict[int, Told],
    held: dict[int | None, int],
    work: list[list[Any]],
    body: Body,
    flows: Callable[[int], Definition],
) -> None:
    now = {item[1]: item for item in work}
    for leg in [*held]:
        if leg not in now:
            _end(found, held, leg, body, flows)
    for leg, item in now.items():
        found.setdefault(held.get(leg, -body["seq"]), [None, None, None])[0] = item


def _end(
    found: dict[int, Told],
    held: dict[int | None, int],
    leg: int | None,
    body: Body,
    flows: Callable[[int], Definition],
) -> None:
    row_id = held.pop(leg, None)
    if row_id is None:
        return
    result = "done" if opened_by(row_id) == body["seq"] else _result(body, leg, flows)
    found[row_id][2] = [body["at"], body["recorded"], result, _officer(body["actor"])]


def opened_by(row_id: int) -> int:
    """Give the number of the entry whose act opened a piece of work."""
    return (row_id & LAST) // ITEMS_AN_ACT


def _result(body: Body, leg: int | None, flows: Callable[[int], Definition]) -> str:
    if body["act"] == REASSIGNED:
        return "reassigned"
    if body["act"] == UNDONE:
        return "undone"
    if body["act"] == MIGRATE:
        return MIGRATED
    if body["act"] == REFORM:
        return REFORMED
    kind = flows(body["version"]).move[body["act"]].kind
    if leg is not None:
        return "replied" if kind is Kind.REPLY else "cancelled"
    return RESULTS.get(kind, "assigned")


def _officer(actor: str) -> int | None:
    kind, _, number = actor.partition(":")
    return int(number) if kind == "officer" else None

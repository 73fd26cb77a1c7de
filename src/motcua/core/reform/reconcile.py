"""Do plans of reforms agree with the house's entries; is nothing left at an ended agency?"""

from __future__ import annotations

import json
from collections.abc import Iterator

from motcua.core.dossiers.house import digest_of
from motcua.core.ledger.append import HOUSE
from motcua.core.ledger.findings import Finding
from motcua.core.ledger.models import Entry
from motcua.core.reform.effect import IN_FORCE
from motcua.core.reform.models import Reform
from motcua.core.reform.planning import DRAW, PLAN, UNDO
from motcua.core.reform.whole import DONE
from motcua.core.sql import Sql, reading

_LEFT = Sql(
    "SELECT w.dossier_id FROM dossiers_workitem w"
    " WHERE w.ended_at IS NULL AND w.agency_id IN (SELECT agency_id FROM agencies_heir)"
    " ORDER BY w.dossier_id LIMIT 1000"
)


def check_reforms() -> Iterator[Finding]:
    """Give every plan that differs from its entries, and dossiers a finished reform left behind."""
    told = _told()
    kept = {row.pk: (digest_of(row.text), str(row.state)) for row in Reform.objects.order_by("pk")}
    for number in sorted(told.keys() | kept.keys()):
        if told.get(number) != kept.get(number):
            yield Finding(
                "state.reform_differs",
                f"Phương án sắp xếp số {number} khác với sổ cái của hệ thống.",
                f"The plan of reform {number} differs from the house's own entries.",
                HOUSE,
            )
    if is_under_way():
        return
    for (dossier_id,) in reading().all(_LEFT):
        yield Finding(
            "state.left_behind",
            "Hồ sơ còn ở cơ quan đã kết thúc.",
            "The dossier is still with an agency that ended.",
            dossier_id,
        )


def is_under_way() -> bool:
    """Tell whether a reform that is in force still passes things on."""
    unfinished = Reform.objects.exclude(state=Reform.State.DONE)
    return unfinished.filter(in_force_at__isnull=False).exists()


def _told() -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    rows = (
        Entry.objects.of(HOUSE).filter(act__in=(DRAW, PLAN, UNDO, IN_FORCE, DONE)).order_by("seq")
    )
    for name, body in rows.values_list("act", "body"):
        data = json.loads(body)["data"]
        number = data["reform"]
        if name in {DRAW, PLAN}:
            found[number] = (data["digest"], "draft" if name == DRAW else "planned")
        elif number in found:
            state = {UNDO: "undone", IN_FORCE: "in_force"}.get(name) or data["state"]
            found[number] = (found[number][0], state)
    return found

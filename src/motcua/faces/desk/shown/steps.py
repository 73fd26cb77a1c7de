"""The steps bar: the main path of the procedure with who did what and where the dossier is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.situation import Snapshot
from motcua.core.procedures.declaration import Declaration
from motcua.faces.desk.words import day, place_name, post_name
from motcua.kernel.flow.paths import main_path


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A place of the bar; `mood` is done, now or todo."""

    name: str
    mood: str
    detail: str


def steps_bar(
    declaration: Declaration, snapshot: Snapshot, work: Sequence[WorkItem]
) -> list[ShownStep]:
    """Give the main path; a step off it stands where the dossier left the path."""
    flow, at = declaration.flow, snapshot.now.marking.at
    last = {item.step: item for item in work if item.leg is None}
    places = [key for key in main_path(flow) if key in flow.step]
    if at in flow.step and at not in places:
        reached = max((n for n, key in enumerate(places) if key in last), default=-1)
        places.insert(reached + 1, at)
    here = places.index(at) if at in places else len(places)
    return [
        _shown(declaration, key, number - here, last.get(key)) for number, key in enumerate(places)
    ]


def _shown(declaration: Declaration, key: str, distance: int, item: WorkItem | None) -> ShownStep:
    name = place_name(declaration, key)
    if distance == 0:
        return ShownStep(name, "now", _who(declaration, item))
    if distance < 0 and item is not None:
        return ShownStep(name, "done", f"{_who(declaration, item)} · {day(item.ended_at)}")
    if distance < 0:
        return ShownStep(name, "done", _("Không qua bước này"))
    step = declaration.flow.step[key]
    return ShownStep(name, "todo", f"{post_name(declaration, step.post)}{_hours(step.minutes)}")


def _who(declaration: Declaration, item: WorkItem | None) -> str:
    if item is None:
        return ""
    officer = item.officer or item.ended_by
    return officer.name if officer else post_name(declaration, item.post)


def _hours(minutes: int) -> str:
    if not minutes:
        return ""
    return " · " + _("%(hours)s giờ làm việc") % {"hours": f"{minutes / 60:g}"}

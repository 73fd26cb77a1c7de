"""What was taken over from a source, counted in the tables as they stand."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db.models import Count, F, Q

from motcua.core.dossiers.models import Dossier
from motcua.core.takeover.cases import TakenCase
from motcua.core.takeover.models import Event


@dataclass(slots=True)
class Figures:
    """Counts over the dossiers of one source.

    `finished` have an end date. `late_on_plan` ended after the planned end, `late_on_deadline`
    after the deadline: instants are compared, so offsets don't matter, and an end at the very
    instant is in time. An unfinished dossier is in neither, however old. `ended_before_start` and
    `events_after_end` (events, not dossiers) count what was accepted as it came.
    """

    dossiers: int = 0
    events: int = 0
    finished: int = 0
    late_on_plan: int = 0
    late_on_deadline: int = 0
    ended_before_start: int = 0
    events_after_end: int = 0

    def told(self) -> dict[str, int]:
        """Give the counts by name."""
        return asdict(self)

    def add(self, case: TakenCase) -> None:
        """Count a case that a dry run would leave behind."""
        self.dossiers += 1
        self.events += len(case.events)
        if case.end is None:
            return
        self.finished += 1
        self.late_on_plan += case.planned is not None and case.end > case.planned
        self.late_on_deadline += case.deadline is not None and case.end > case.deadline
        self.ended_before_start += case.is_backwards
        self.events_after_end += sum(event.at > case.end for event in case.events)


def figures_of(source: str) -> Figures:
    """Count what the tables hold of a source."""
    rows = Dossier.objects.filter(taken_over__source__name=source)
    counted = rows.aggregate(
        dossiers=Count("pk"),
        finished=Count("pk", filter=Q(finished_at__isnull=False)),
        late_on_plan=Count("pk", filter=Q(finished_at__gt=F("promised_at"))),
        late_on_deadline=Count("pk", filter=Q(finished_at__gt=F("due_at"))),
        ended_before_start=Count("pk", filter=Q(finished_at__lt=F("received_at"))),
    )
    events = Event.objects.filter(source__name=source)
    after_end = events.filter(at__gt=F("dossier__finished_at")).count()
    return Figures(**counted, events=events.count(), events_after_end=after_end)

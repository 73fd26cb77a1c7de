"""What holds whatever was done before the day: nobody is lost, no day moves, books agree."""

from __future__ import annotations

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.agencies.queries import forget_tree
from motcua.core.agencies.rules import Claim, taker
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.tests.histories import HISTORIES, play
from motcua.core.dossiers.tests.world import make_world
from motcua.core.reform.rules import Succession
from motcua.core.reform.tests.city import DISTRICT, OTHER, WARD, City, findings

_KEPT = ("pk", "lookup", "code", "state", "step", "due_at", "promised_at", "paused_since", "closed")
POLICE, EXTERNAL = "H26.20", "H26.09"
PLANS = st.sampled_from(
    [
        (Succession(DISTRICT, WARD),),
        (Succession(DISTRICT, OTHER), Succession(POLICE, EXTERNAL)),
        (Succession(OTHER, WARD), Succession(DISTRICT, WARD)),
        (Succession(DISTRICT, WARD), Succession(DISTRICT, OTHER, procedures=("9.000001",))),
    ]
)


def kept() -> list[tuple[object, ...]]:
    return [*Dossier.objects.order_by("pk").values_list(*_KEPT)]


def deadlines() -> list[tuple[object, ...]]:
    rows = WorkItem.objects.filter(ended_at=None)
    return sorted(rows.values_list("dossier", "leg", "step", "post", "due_at"), key=str)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(HISTORIES, PLANS)
def test_no_dossier_is_lost_and_no_day_moves(db, history, plan):
    try:
        with transaction.atomic():
            world = make_world()
            city = City(world)
            play(world, history)
            before, due = kept(), deadlines()
            report = city.reform(*plan)
            assert not report.refused
            assert (kept(), deadlines()) == (before, due)
            ended = {one.ending for one in plan}
            assert not WorkItem.objects.filter(ended_at=None, agency__code__in=ended).exists()
            assert findings() == []
            transaction.set_rollback(True)
    finally:
        forget_tree()


CLAIMS = st.lists(
    st.builds(Claim, st.integers(1, 9), st.sampled_from([None, 1, 2]), st.sampled_from(["", "a"])),
    max_size=6,
    unique_by=lambda one: (one.procedure, one.area),
)


@given(CLAIMS, st.sampled_from([1, 2, 3]), st.sampled_from(["", "a", "b"]))
def test_the_heir_is_the_one_that_names_a_dossier_most_closely(claims, procedure, area):
    by_thing = {(one.procedure, one.area): one.heir for one in claims}
    things = [(procedure, area), (procedure, ""), (None, area), (None, "")]
    named = [by_thing[thing] for thing in things if thing in by_thing]
    assert taker(claims, procedure, area) == (named[0] if named else None)

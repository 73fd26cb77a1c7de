"""Plans: read, checked, kept, undone; and what forbids them, all at once."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.agencies.models import Agency, Appointment, Heir
from motcua.core.agencies.queries import forget_tree
from motcua.core.dossiers.tests.unchanged import refused
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.jobs.models import Job
from motcua.core.ledger.models import Entry
from motcua.core.reform.faults import DocumentMissing, NothingEnds, PlanUnreadable
from motcua.core.reform.models import Reform
from motcua.core.reform.planning import JOB, readable, undo
from motcua.core.reform.preview import preview
from motcua.core.reform.reading import read_csv, read_plan, written
from motcua.core.reform.rules import KINDS, Founding, Order, Seat, Succession
from motcua.core.reform.tests.city import DISTRICT, HOUSE, OTHER, WARD, dawn, findings, seat
from motcua.kernel.errors import Invalid

WORDS = st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=12)
CODES = st.lists(WORDS, max_size=3).map(tuple)
ORDERS = st.builds(
    Order,
    st.dates(),
    WORDS,
    st.lists(
        st.builds(
            Succession, WORDS, WORDS, st.sampled_from(KINDS), CODES, CODES, st.integers(0, 100)
        ),
        min_size=1,
        max_size=4,
    ).map(tuple),
    st.lists(st.builds(Seat, WORDS, WORDS, WORDS, WORDS, WORDS), max_size=3).map(tuple),
    st.lists(st.builds(Founding, *[WORDS] * 6), max_size=3).map(tuple),
)


@given(ORDERS)
def test_a_plan_is_read_as_it_was_written(order):
    assert read_plan(written(order)) == order


def test_a_csv_says_one_succession_a_line():
    text = "from,to,kind,procedure,area\nA,B,,,\nA,C,split,1.000948,00004\n"
    order = read_csv(text, on=dawn().date(), document="NQ")
    assert order.successions == (
        Succession("A", "B"),
        Succession("A", "C", "split", ("1.000948",), ("00004",)),
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("nonsense", PlanUnreadable),
        ("format = 1\ndate = 2026-01-01\ndocument = 'x'", NothingEnds),
        ("format = 1\ndate = 2026-01-01\n[[heir]]\nfrom = 'A'\nto = 'B'", DocumentMissing),
        ("format = 1\ndate = 'soon'", PlanUnreadable),
        ("format = 1\ndate = 2026-01-01\nwhat = 1", PlanUnreadable),
        (
            "format = 1\ndate = 2026-01-01\ndocument='x'\n[[heir]]\nfrom = 1\nto = 'B'",
            PlanUnreadable,
        ),
        ("format = 1\ndate = 2026-01-01\ndocument='x'\n[[heir]]\nto = 'B'", PlanUnreadable),
    ],
)
def test_what_is_no_plan_is_refused_by_name(text, fault):
    with pytest.raises(fault):
        read_plan(text)


@pytest.mark.parametrize(
    "text", ["a,b\n", "from,to\nA,\n", "from,to,x\nA,B,C\n", "from,to\nA,B,C\n"]
)
def test_what_is_no_csv_is_refused(text):
    with pytest.raises(PlanUnreadable):
        read_csv(text, on=dawn().date(), document="NQ")


def codes(city, *successions: Succession, **told) -> set[str]:
    return {one.code for one in preview(city.order(*successions, **told)).faults}


GENERAL = Succession(DISTRICT, WARD)


@pytest.mark.parametrize(
    ("successions", "told", "code"),
    [
        ([Succession("H26.77", WARD)], {}, "reform.not_there"),
        ([Succession(DISTRICT, "H26.77")], {}, "reform.heir_not_there"),
        ([GENERAL, Succession(OTHER, DISTRICT)], {}, "reform.heir_ends"),
        ([GENERAL, GENERAL], {}, "reform.two_general_heirs"),
        (
            [
                GENERAL,
                Succession(DISTRICT, OTHER, areas=("1",)),
                Succession(DISTRICT, WARD, areas=("1",)),
            ],
            {},
            "reform.two_heirs",
        ),
        (
            [GENERAL, Succession(DISTRICT, OTHER, procedures=("1.2",))],
            {},
            "reform.unknown_procedure",
        ),
        ([GENERAL], {"seats": (Seat("nobody", WARD),)}, "reform.unknown_seat"),
        ([GENERAL], {"founds": (Founding(WARD, "H26", *"abcd"),)}, "reform.founded_twice"),
        ([GENERAL], {"founds": (Founding("N", "H1", *"abcd"),)}, "reform.parent_not_there"),
        (
            [GENERAL],
            {"founds": (Founding("H26.77", "H26", *"abcd", calendar="none"),)},
            "reform.calendar_missing",
        ),
        ([GENERAL], {"seats": (Seat("second", WARD, new="king"),)}, "reform.unknown_post"),
        (
            [Succession(DISTRICT, WARD, share=60), Succession(DISTRICT, OTHER, share=41)],
            {},
            "reform.shares_over",
        ),
        ([Succession(DISTRICT, WARD, areas=("00001",))], {}, "reform.no_heir"),
        ([Succession(DISTRICT, WARD, areas=("00001",))], {}, "reform.officer_astray"),
        ([Succession("H26", WARD)], {}, "reform.child_left"),
    ],
)
def test_every_fault_has_its_name(city, successions, told, code):
    city.world.take_in()
    found = codes(city, *successions, **told)
    assert code in found
    with pytest.raises(Invalid):
        city.plan(*successions, **told)
    assert not Reform.objects.exists()


def test_a_procedure_that_an_agency_receives_needs_an_heir_before_anybody_files_it(city):
    by_area = Succession(DISTRICT, WARD, areas=("00001",))
    seats = tuple(seat(who, WARD) for who in ("counter", "unit_head", "specialist", "second"))
    assert codes(city, by_area, seats=seats) == {"reform.no_heir"}
    by_procedure = Succession(DISTRICT, WARD, procedures=("9.000001",))
    assert codes(city, by_procedure, seats=seats) == set()


def test_an_appointment_from_the_day_on_is_a_fault(city):
    Appointment.objects.filter(officer=city.world.officer_id("second")).update(valid_from=city.on)
    assert codes(city) == {"reform.appointed_later"}


def test_a_code_that_another_agency_will_bear_later_is_not_given_twice(city):
    later = city.on + datetime.timedelta(days=30)
    told = {"code": "H26.77", "name_vi": "Sau", "name_en": "Later", "short_name": "Sau"}
    Agency.objects.create(**told, tier="commune", parent=city.world.city, valid_from=later)
    forget_tree()
    found = Founding("H26.77", "H26", *"abcd")
    assert codes(city, GENERAL, founds=(found,)) == {"reform.founded_twice"}


@pytest.mark.parametrize(
    "part",
    [
        '[[heir]]\nfrom = "A"\nto = "B"\nareas = ["' + "x" * 31 + '"]',
        '[[heir]]\nfrom = "A"\nto = "' + "x" * 36 + '"',
        '[[heir]]\nfrom = "A"\nto = "B"\nshare = 101',
        '[[heir]]\nfrom = "A"\nto = "B"\nshare = true',
        '[[heir]]\nfrom = "A"\nto = "B"\n[[officer]]\nnumber = "1"\nas = "' + "x" * 31 + '"',
    ],
)
def test_what_no_column_takes_is_refused_when_it_is_read(part):
    text = f"format = 1\ndate = 2026-01-01\ndocument = 'x'\n{part}\n"
    with pytest.raises(PlanUnreadable):
        read_plan(text)


def test_two_plans_do_not_end_one_agency(city):
    city.plan()
    assert codes(city, Succession(DISTRICT, OTHER)) == {"reform.already_planned"}


def test_a_plan_without_fault_is_kept_and_waits_for_its_day(city):
    row = city.plan()
    assert (row.state, row.on, read_plan(row.text)) == ("planned", city.on, city.order())
    assert Job.objects.get(kind=JOB).run_at == dawn()
    assert Entry.objects.filter(act="plan_reform").count() == 1
    assert findings() == []


def test_the_same_plan_again_is_the_one_that_is_kept(city):
    assert city.plan() == city.plan()
    assert Job.objects.filter(kind=JOB).count() == 1


def test_a_plan_for_a_day_that_has_passed_is_refused(city):
    with refused("reform.too_late"):
        city.plan(at=dawn(city.on + datetime.timedelta(days=1)))


def test_the_preview_counts_what_would_go_where_and_writes_nothing(city):
    done = city.world.to("appraise")
    city.world.move(done, "specialist", "consult", legs=("police",), reason="Hỏi.", hours=5)
    city.world.take_in()
    before = Entry.objects.count()
    told = preview(city.order()).told()
    assert (told["dossiers"], told["legs"], told["posts"], told["faults"]) == (2, 0, 4, [])
    assert told["lines"] == [
        {
            "from": DISTRICT,
            "to": WARD,
            "dossiers": 2,
            "procedures": {"9.000001": 2},
            "legs": 0,
            "posts": 4,
            "records": 0,
        }
    ]
    assert Entry.objects.count() == before
    legs = preview(city.order(Succession("H26.20", "H26.09"))).told()
    assert (legs["dossiers"], legs["legs"]) == (0, 1)


def test_the_preview_warns_of_work_that_nobody_could_take_up(city):
    city.world.take_in()
    seats = (seat("unit_head", OTHER),)
    found = preview(city.order(seats=seats))
    assert found.faults == []
    assert [(one.code, one.details["count"]) for one in found.warnings] == [
        ("reform.nobody_there", 1)
    ]


def test_an_undone_plan_moves_nothing(city):
    done = city.world.take_in()
    row = city.plan()
    undo(actor=HOUSE, at=MONDAY, reform_id=row.pk)
    assert city.run(row).moved == 0
    assert city.row(done).holding_agency_id == city.world.department.pk
    assert not Heir.objects.exists()
    assert Agency.objects.get(code=DISTRICT).valid_to is None
    assert findings() == []


def test_an_undone_plan_can_be_drawn_up_again(city):
    first = city.plan()
    undo(actor=HOUSE, at=MONDAY, reform_id=first.pk)
    assert city.plan().pk != first.pk


def test_what_is_in_force_or_undone_is_not_undone(city):
    row = city.plan()
    city.run(row)
    with refused("reform.in_force"):
        undo(actor=HOUSE, at=dawn(), reform_id=row.pk)
    with refused("reform.not_found"):
        undo(actor=HOUSE, at=dawn(), reform_id=row.pk + 1)


def test_a_plan_is_not_run_before_its_day(city):
    row = city.plan()
    with refused("reform.not_yet"):
        city.run(row, at=dawn() - datetime.timedelta(seconds=1))


def test_a_fault_that_comes_up_later_stops_it_whole(city):
    row = city.plan()
    Agency.objects.filter(code=WARD).update(valid_to=city.on + datetime.timedelta(days=1))
    Agency.objects.filter(code=WARD).update(valid_from=datetime.date(2020, 1, 1), valid_to=city.on)
    forget_tree()
    with pytest.raises(Invalid):
        city.run(row)
    assert Reform.objects.get().state == "planned"
    assert Agency.objects.get(code=DISTRICT).valid_to is None


def test_only_a_head_above_all_that_end_plans_and_undoes(city):
    row = city.plan()
    for who in ("counter", "unit_head", "other_head"):
        with refused("reform.not_yours"):
            undo(actor=city.world.officers[who], at=MONDAY, reform_id=row.pk)
        assert readable(city.world.officers[who]) == []
    leader = city.world.officers["leader"]
    assert readable(leader) == [row]
    assert undo(actor=leader, at=MONDAY, reform_id=row.pk).state == "undone"

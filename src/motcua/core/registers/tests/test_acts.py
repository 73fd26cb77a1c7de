"""Each act on a record: done, refused, repeated, and what it leaves in the ledger."""

from __future__ import annotations

import datetime
import json

import pytest

from motcua.core.access import actors
from motcua.core.dossiers import answers
from motcua.core.dossiers.tests.world import DAY, MONDAY
from motcua.core.idempotency.keys import KeyReused
from motcua.core.ledger.models import Entry
from motcua.core.registers import acts
from motcua.core.registers.models import Record, RecordIndex, RecordLink, RecordVersion
from motcua.core.registers.preparing import Order
from motcua.core.registers.references import NamesNothing
from motcua.core.registers.rights import NoSuchRecord, NotYourRegister, OfficersRead, record_of
from motcua.core.registers.tests.conftest import HERE
from motcua.core.registers.writing import said_of, stream_of
from motcua.kernel.errors import Invalid

LATER = MONDAY + datetime.timedelta(days=10)


def change(kept, done, *, who="specialist", revision=1, at=LATER, key=None, since=None, **values):
    return acts.change(
        actor=kept.world.officers[who],
        at=at,
        declaration=kept.sites,
        record_id=done.record_id,
        revision=revision,
        order=Order({"code": "HN-1", **values}, HERE, since),
        key=key,
    )


def on(kept, act, done, *, who="specialist", revision=1, at=LATER, key=None, **more):
    return act(
        actor=kept.world.officers[who],
        at=at,
        declaration=kept.sites,
        record_id=done.record_id,
        revision=revision,
        key=key,
        **more,
    )


def faults(act) -> dict[str, str]:
    """Give the code of what is refused of each part."""
    with pytest.raises(Invalid) as wrong:
        act()
    return {name: one.code for name, one in wrong.value.problems.items()}


def test_a_record_is_entered_with_version_index_and_entry(kept):
    done = kept.site("HN-1", operator="red", height="42", keeper="Nguyễn Văn A")
    row = Record.objects.get()
    assert (row.natural, row.title, row.number) == ("hn 1", "HN-1", 1)
    assert answers.read(row.values) == {
        "code": "HN-1", "operator": "red", "height": 42, "keeper": "Nguyễn Văn A"
    }  # fmt: skip
    assert (row.asked, row.filled, row.broken) == (3, 3, "")
    assert (row.search, row.hidden) == (" hn 1 do red 42", " nguyen van a")
    entry = Entry.objects.get(stream=stream_of(done.record_id))
    version = RecordVersion.objects.get()
    assert (entry.act, entry.seq, entry.pk >> 24) == ("record_enter", 1, stream_of(row.pk))
    told = json.loads(entry.body)
    assert told["commitments"] == [
        said_of(bytes(version.salt), answers.read(version.values), version.geometry, "")
    ]
    assert "HN-1" not in entry.body
    assert set(RecordIndex.objects.values_list("key", flat=True)) == {
        "code", "operator", "height", "keeper"
    }  # fmt: skip


def test_secret_values_lie_sealed(kept):
    kept.site(keeper_number="001190000345")
    row = Record.objects.get()
    assert "001190000345" not in row.values + row.search + row.hidden
    assert answers.read(row.values)["keeper_number"] == "001190000345"


def test_every_part_that_is_wrong_is_told_at_once(kept):
    wrong = {"operator": "green", "height": "900", "geometry": "x", "more": 1}
    assert faults(lambda: kept.site("", **wrong)) == {
        "code": "field.missing",
        "operator": "field.not_a_choice",
        "height": "field.too_large",
        "geometry": "geometry.unreadable",
        "more": "field.unknown",
    }
    assert faults(lambda: kept.site("---")) == {"key": "registers.key_unusable"}


def test_the_same_key_however_written_is_the_same_record(kept):
    kept.site("HN-1")
    with pytest.raises(acts.RecordExists):
        kept.site("hn  1")
    assert Record.objects.count() == 1


def test_only_keepers_write_and_only_for_their_agency(kept):
    other = kept.world.officers["other_specialist"]
    for who, agency in (("counter", None), ("other_specialist", None), ("leader", None)):
        with pytest.raises(NotYourRegister):
            kept.site(who=who, agency_id=agency or kept.world.department.pk)
    done = kept.site()
    with pytest.raises(NotYourRegister):
        change(kept, done, who="other_specialist", height=3)
    assert record_of(other, kept.sites, done.record_id).pk == done.record_id


def test_strangers_and_those_without_a_post_read_nothing(kept):
    done = kept.site()
    for actor in (actors.PUBLIC, actors.Actor("officer:9", officer_id=9)):
        with pytest.raises(OfficersRead):
            record_of(actor, kept.sites, done.record_id)


def test_a_register_of_agencies_is_read_there_and_above(kept):
    kept.site("A")
    done = kept.span("Tuyến 1", "A")
    for who in ("specialist", "unit_head", "leader"):
        assert record_of(kept.world.officers[who], kept.spans, done.record_id)
    for who in ("other_specialist", "other_head", "police"):
        with pytest.raises(NoSuchRecord):
            record_of(kept.world.officers[who], kept.spans, done.record_id)


def test_a_repeat_gives_the_first_record(kept):
    first = kept.site(key="k")
    assert kept.site(key="k") == first
    with pytest.raises(KeyReused):
        kept.site("HN-2", key="k")
    changed = change(kept, first, height=9, key="c")
    assert change(kept, first, height=9, key="c") == changed
    assert Entry.objects.filter(stream=stream_of(first.record_id)).count() == 2


def test_a_change_is_a_new_version(kept):
    done = kept.site(height=10, keeper="A")
    assert change(kept, done, height=60, operator="red").number == 2
    row = Record.objects.get()
    assert answers.read(row.values) == {"code": "HN-1", "operator": "red", "height": 60}
    assert row.broken == ",low,"
    assert RecordIndex.objects.get(key="height").number == 60
    assert not RecordIndex.objects.filter(key="keeper").exists()
    assert RecordVersion.objects.count() == 2


def test_a_change_of_what_moved_is_refused(kept):
    done = kept.site()
    change(kept, done, height=60)
    with pytest.raises(acts.RecordMoved) as moved:
        change(kept, done, height=61)
    assert moved.value.details == {"number": 2}


def test_saying_the_same_again_is_no_change(kept):
    done = kept.site(height=10)
    with pytest.raises(acts.NothingChanged):
        change(kept, done, height=10)


def test_a_secret_that_is_not_said_again_stays(kept):
    done = kept.site(keeper_number="001190000345")
    change(kept, done, height=10)
    assert answers.read(Record.objects.get().values)["keeper_number"] == "001190000345"


def test_no_version_lies_in_the_future(kept):
    day = DAY + datetime.timedelta(days=1)
    with pytest.raises(acts.NotYet):
        kept.site(since=day)
    done = kept.site(since=DAY)
    with pytest.raises(acts.NotYet):
        change(kept, done, height=1, since=datetime.date(2027, 1, 1))


def test_a_confirmed_record_is_alive_again(kept):
    done = kept.site()
    on(kept, acts.confirm, done)
    row = Record.objects.get()
    assert (row.confirmed_on, row.number) == (LATER.date(), 2)


def test_a_retired_record_stays_and_comes_back(kept):
    done = kept.site()
    with pytest.raises(acts.ReasonMissing):
        on(kept, acts.retire, done, reason=" ")
    on(kept, acts.retire, done, reason="Đã tháo dỡ")
    assert Record.objects.get().retired
    with pytest.raises(acts.RecordRetired):
        change(kept, done, revision=2, height=3)
    with pytest.raises(acts.RecordRetired):
        on(kept, acts.confirm, done, revision=2)
    with pytest.raises(acts.RecordExists):
        kept.site()
    on(kept, acts.restore, done, revision=2, reason="Dựng lại")
    assert not Record.objects.get().retired
    with pytest.raises(acts.NotRetired):
        on(kept, acts.restore, done, revision=3, reason="Dựng lại")


def test_what_others_name_is_not_retired(kept):
    done = kept.site("A")
    span = kept.span("Tuyến 1", "a")
    assert RecordLink.objects.get().target_id == done.record_id
    with pytest.raises(acts.RecordNamed):
        on(kept, acts.retire, done, reason="x")
    retired = {"actor": kept.keeper, "at": LATER, "declaration": kept.spans, "reason": "x"}
    acts.retire(**retired, record_id=span.record_id, revision=1, key=None)
    on(kept, acts.retire, done, reason="x")
    with pytest.raises(NamesNothing):
        acts.restore(**retired, record_id=span.record_id, revision=2, key=None)


def test_a_reference_names_what_is_there(kept):
    nothing = "registers.names_nothing"
    assert faults(lambda: kept.span("Tuyến 1", "A")) == {"begins": nothing}
    assert faults(lambda: kept.span("Tuyến 1", "")) == {"begins": "field.missing"}
    done = kept.site("A")
    wrong = {"area": "Chẳng đâu", "owner": "H99"}
    told = faults(lambda: kept.span("Tuyến 1", f"#{done.record_id}", **wrong))
    assert told == {"area": nothing, "owner": nothing}
    kept.span("Tuyến 1", f"#{done.record_id}", owner="H26.12")
    values = answers.read(Record.objects.get(register="trial_spans").values)
    assert values["begins"] == done.record_id
    assert values["owner"] == kept.world.department.pk

"""Erasing a record: no word of it is left, its key and chain stay, and books still agree."""

from __future__ import annotations

import datetime
from functools import partial

import pytest

from motcua.core.access import log
from motcua.core.access.actors import house
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.erasure.again import erase_again, tell_all, tell_witness_of_record
from motcua.core.erasure.jobs import finish
from motcua.core.erasure.keeping_records import keeping_records
from motcua.core.erasure.records import (
    NothingPersonal,
    NotTheRecordsKeeper,
    RecordErased,
    RecordInUse,
    erase_record,
)
from motcua.core.erasure.retention import RuleWrong, carry_out, plan, set_rule
from motcua.core.erasure.rules import DocumentWrong, Kind, NotTheKeeper, Rule
from motcua.core.erasure.scrubbing import merge_words
from motcua.core.erasure.tests.test_erasing import everything
from motcua.core.exports.models import Export
from motcua.core.ledger.erasures import erasures, keep_erasure
from motcua.core.ledger.models import Entry
from motcua.core.ledger.verify import verify
from motcua.core.registers import acts, loading
from motcua.core.registers.exported import ask
from motcua.core.registers.exporting import FileForm, Wish
from motcua.core.registers.models import Record, RecordIndex, RecordVersion
from motcua.core.registers.placing import around
from motcua.core.registers.preparing import Order
from motcua.core.registers.querying import Filter, listed
from motcua.core.registers.reconcile import check_records
from motcua.core.registers.revealing import reveal
from motcua.core.registers.rights import NoSuchRecord
from motcua.core.registers.tests.conftest import HERE, Kept, declared
from motcua.core.registers.writing import stream_of
from motcua.core.sql import reading

NAME, NUMBER, WHY = "Trần Thị Thử Nghiệm", "079203004567", "Lời riêng chỉ có ở đây"
LATER = MONDAY + datetime.timedelta(days=1)
BY = "12/QĐ-UBND"
PERSONAL = (NAME, WHY, "nghiem", "105.8542", "Đường Riêng")


@pytest.fixture
def kept(world, monkeypatch, settings, tmp_path) -> Kept:
    settings.MOTCUA_WITNESS = tmp_path / "witness"
    found = declared()
    monkeypatch.setattr(loading, "_all", lambda _packages: found)
    return Kept(world, *found.values())


@pytest.fixture
def number(kept) -> int:
    """Give a record that says, shows and hides something, was changed, read, and retired."""
    done = kept.site("HN-1", keeper=NAME, keeper_number=NUMBER, height=4, key="k")
    told = {"actor": kept.keeper, "at": MONDAY, "declaration": kept.sites, "key": None}
    order = Order({"code": "HN-1", "keeper": f"{NAME} Hai"}, HERE, reason=WHY)
    acts.change(**told, record_id=done.record_id, revision=1, order=order)
    reader = log.Reader(kept.keeper, MONDAY, "")
    about = {"declaration": kept.sites, "record_id": done.record_id}
    reveal(reader=reader, **about, field="keeper", purpose=WHY)
    ask(Wish(reader=reader, declaration=kept.sites, wanted=Filter(), form=FileForm.CSV))
    acts.retire(**told, record_id=done.record_id, revision=2, reason=WHY)
    return done.record_id


def erased(kept, number, **changes):
    told = {"actor": kept.world.officers["keeper"], "at": LATER, "record_id": number}
    return erase_record(**{**told, "document": BY, **changes})


def test_no_word_of_it_is_left_in_any_table(kept, number):
    before = everything()
    assert all(word in before for word in (NAME, WHY, "105.8542"))
    erased(kept, number)
    merge_words()
    after = everything()
    assert [word for word in PERSONAL if word in after] == []


def test_its_key_and_chain_stay_and_still_verify(kept, number):
    erased(kept, number)
    row = Record.objects.get()
    assert (row.natural, row.title, row.number, row.erased) == ("hn 1", "HN-1", 4, True)
    assert (row.values, row.geometry, row.west, row.metres) == ('{"code": "HN-1"}', "", None, None)
    assert set(RecordIndex.objects.values_list("key", flat=True)) == {"code"}
    assert RecordVersion.objects.count() == Entry.objects.filter(stream=stream_of(number)).count()
    assert verify(tx=reading(), at=LATER, state_checks=[check_records]).findings == ()


def test_lists_maps_and_files_lose_it_and_its_key_finds_it(kept, number):
    erased(kept, number)
    told = {"on": LATER.date(), "page": 1, "size": 9}
    gone = Filter(words="nghiem", retired=True)
    assert listed(kept.keeper, kept.sites, gone, **told).total == 0
    assert listed(kept.keeper, kept.sites, Filter(words="hn 1", retired=True), **told).total == 1
    assert around(Record.objects.all()) is None
    assert Export.objects.get().state == "gone"


def test_it_may_be_taken_into_use_again_and_then_says_something_new(kept, number):
    erased(kept, number)
    told = {"actor": kept.keeper, "at": LATER, "declaration": kept.sites, "key": None}
    acts.restore(**told, record_id=number, revision=4, reason="Dựng lại")
    order = Order({"code": "HN-1", "keeper": "Người Mới"}, HERE)
    acts.change(**told, record_id=number, revision=5, order=order)
    assert not Record.objects.get().erased
    assert NAME not in everything()
    assert list(check_records()) == []


def test_who_erases_what(kept, number):
    used = kept.site("HN-2", keeper=NAME).record_id
    span = kept.span("Tuyến 1", "HN-2").record_id
    for record, fault in ((used, RecordInUse), (span, NothingPersonal), (99, NoSuchRecord)):
        with pytest.raises(fault):
            erased(kept, record)
    with pytest.raises(NotTheRecordsKeeper):
        erased(kept, number, actor=kept.world.officers["counter"])
    with pytest.raises(DocumentWrong):
        erased(kept, number, document="vì ông A yêu cầu")
    erased(kept, number)
    with pytest.raises(RecordErased):
        erased(kept, number)
    assert Entry.objects.filter(act="record_erase").count() == 1


@pytest.mark.parametrize(
    ("table", "told", "found"),
    [
        (RecordVersion, {"reason": "x"}, "state.record_version"),
        (RecordVersion, {"values": '{"keeper": "x"}'}, "state.record_version"),
        (Record, {"erased": False}, "state.record"),
        (Record, {"values": '{"code": "HN-1", "keeper": "x"}'}, "state.record"),
    ],
)
def test_a_hand_changed_row_of_an_erased_record_is_found(kept, number, table, told, found):
    erased(kept, number)
    table.objects.filter(pk=table.objects.earliest("pk").pk).update(**told)
    assert [one.code for one in check_records()] == [found]


def test_emptying_a_version_without_the_act_is_found(kept, number):
    RecordVersion.objects.filter(pk=RecordVersion.objects.earliest("pk").pk).update(
        values="{}", geometry="", reason="", salt=bytes(16)
    )
    assert [one.code for one in check_records()] == ["state.record_version"]


def test_a_restored_house_erases_it_again_once(kept, number):
    first = bytes(Entry.objects.filter(stream=stream_of(number)).earliest("seq").hash).hex()
    told = {"record": number, "first": first, "entry": "e" * 64, "at": "", "document": BY}
    keep_erasure(told)
    keep_erasure(told | {"record": number + 1, "first": "0" * 64})
    assert erase_again(at=LATER) == 1
    assert NAME not in everything()
    assert erase_again(at=LATER) == 0
    assert list(check_records()) == []


def test_the_witness_is_told_once_and_names_nobody(kept, number, monkeypatch):
    monkeypatch.setattr("motcua.core.erasure.jobs.scrub", lambda: None)  # in a transaction
    erased(kept, number)
    finish({"record": number, "files": []}, at=LATER)
    tell_witness_of_record(number)
    (told,) = erasures()
    assert told.keys() == {"record", "first", "entry", "at", "document"}
    assert (tell_all(), len(list(erasures())), erase_again(at=LATER)) == (1, 1, 0)


def rule(kept, **changes) -> None:
    told = {"procedure": "trial_sites", "years": 2, "source": "8/QĐ-UBND", "kind": Kind.RECORD}
    set_rule(actor="officer:1", at=MONDAY, rule=Rule(**{**told, **changes}))


def test_a_rule_erases_what_was_retired_long_ago(kept, number):
    kept.site("HN-2", keeper=NAME)
    rule(kept)
    soon, late = MONDAY.replace(year=2028), MONDAY.replace(year=2028) + datetime.timedelta(days=1)
    assert [one.records for one in plan(soon)] == [()]
    assert [one.records for one in plan(late)] == [(number,)]
    due, gone = keeping_records(kept.world.officers["keeper"], late)
    assert [(one.record.pk, one.document) for one in due.rows] == [(number, "8/QĐ-UBND")]
    assert gone.rows == []
    assert carry_out(at=late)["records"] == 1
    assert carry_out(at=late)["records"] == 0
    due, gone = keeping_records(kept.world.officers["keeper"], late)
    assert (due.rows, [one.document for one in gone.rows]) == ([], ["8/QĐ-UBND"])
    with pytest.raises(NotTheKeeper):
        keeping_records(kept.keeper, late)


def test_the_rule_of_a_register_goes_before_the_one_for_any(kept, number):
    rule(kept, procedure="*", years=1)
    rule(kept, years=5)
    assert [one.rows for one in plan(MONDAY.replace(year=2029))] == [0, 0]
    for wrong in ("trial_spans", "nothing"):
        with pytest.raises(RuleWrong):
            rule(kept, procedure=wrong)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_erase_at_once_and_one_who_restores_one_is_first(
    transactional_db, tmp_path, monkeypatch
):
    found = declared()
    monkeypatch.setattr(loading, "_all", lambda _packages: found)
    with shared_world(tmp_path) as world:
        kept = Kept(world, *found.values())
        told = {"actor": kept.keeper, "at": MONDAY, "declaration": kept.sites, "key": None}
        number = kept.site("HN-1", keeper=NAME).record_id
        acts.retire(**told, record_id=number, revision=1, reason=WHY)
        erasing = partial(
            erase_record, actor=house("test"), at=LATER, record_id=number, document=BY
        )
        restoring = partial(acts.restore, **told, record_id=number, revision=2, reason="x")
        answers = together(erasing, erasing, restoring)
        codes = sorted(getattr(one, "code", type(one).__name__) for one in answers)
        first = (["Erased", "erasure.record_erased", "registers.moved"],)
        assert codes in (*first, ["Done", "erasure.record_in_use", "erasure.record_in_use"])
        assert list(check_records()) == []

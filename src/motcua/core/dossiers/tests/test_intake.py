"""Filing: who may, through which channel, with which papers, and which number it gets."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from motcua.core.access import actors
from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import forget_tree
from motcua.core.dossiers import filing
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.models import CodeCounter, Dossier, IndexedField
from motcua.core.dossiers.orders import Handed
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.unchanged import refused
from motcua.core.dossiers.tests.world import MONDAY, declaration, publish
from motcua.core.files.models import Evidence, StoredFile
from motcua.core.files.store import keep, path_of

PDF = b"%PDF-1.7\n%%EOF"


def test_codes_count_from_one_each_day(world):
    codes = [world.take_in().code for _ in range(3)]
    codes.append(world.take_in(at=MONDAY + datetime.timedelta(days=1)).code)
    assert [code[-11:] for code in codes] == [
        "261102-0001",
        "261102-0002",
        "261102-0003",
        "261103-0001",
    ]


def test_the_day_of_a_code_is_that_of_the_agency(world):
    late = datetime.datetime(2026, 11, 2, 17, 30, tzinfo=datetime.UTC)  # half past midnight there
    assert world.take_in(at=late).code == "H26.12-261103-0001"


def test_a_refused_intake_gives_its_number_back(world):
    with refused("evidence.missing", at="evidence.request"):
        world.take_in(evidence=())
    assert world.take_in().code.endswith("-0001")
    assert CodeCounter.objects.get().last == 1


def test_the_number_after_9999_has_five_digits(world):
    world.take_in()
    CodeCounter.objects.update(last=9999)
    assert world.take_in().code == "H26.12-261102-10000"


def test_only_the_counter_takes_in(world):
    filing = world.filing(channel="counter")
    for actor in (actors.PUBLIC, world.officers["unit_head"], world.officers["police"]):
        with refused("dossiers.not_your_counter"):
            file(actor=actor, at=MONDAY, filing=filing, key=None, take_in=True)


def test_the_public_cannot_receive_what_it_files(world):
    with refused("dossiers.not_your_counter"):
        file(actor=actors.PUBLIC, at=MONDAY, filing=world.filing(), key=None, take_in=True)


@pytest.mark.parametrize("channel", ["post", "", "counter\0", "public "])
def test_a_channel_that_is_not_declared_is_closed(world, channel):
    with refused("dossiers.channel_closed"):
        world.file(channel=channel)


def test_a_tier_that_does_not_receive_it(world):
    publish(replace(declaration("9.000007"), tiers=("commune",)))
    with refused("dossiers.not_received_there"):
        world.file(procedure="9.000007")


def test_an_agency_that_has_ended_receives_nothing(world):
    Agency.objects.filter(pk=world.department.pk).update(valid_to="2026-11-02")
    forget_tree()
    with refused("dossiers.not_received_there"):
        world.file()


def test_the_indexed_fields_are_typed_rows(world):
    world.file(fields={"licence": "GP 12 Đống Đa", "expires": "2026-12-01", "copies": 3})
    rows = IndexedField.objects.order_by("key").values_list("key", "text", "number", "day")
    assert list(rows) == [
        ("expires", "", None, datetime.date(2026, 12, 1)),
        ("licence", "gp 12 dong da", None, None),
    ]


def test_every_fault_is_told_at_once(world):
    with pytest.raises(Exception, match="problems") as caught:
        world.file(applicant={}, fields={"expires": "30/02/2026"}, evidence=())
    assert caught.value.problems.keys() == {
        "applicant.name",
        "applicant.phone",
        "licence",
        "expires",
        "evidence.request",
    }


def test_a_file_that_two_dossiers_hand_in_is_kept_once(world, settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path
    stored = keep([PDF])
    handed = (Handed("request", stored, "Đơn.pdf"), Handed("report", stored, "Báo cáo.pdf", 1, 2))
    for _ in range(2):
        world.file(evidence=handed)
    assert StoredFile.objects.get().sha256 == stored.sha256
    assert path_of(stored.sha256).read_bytes() == PDF
    rows = Evidence.objects.order_by("pk").values_list("component", "name", "originals", "copies")
    assert list(rows)[:2] == [("request", "Đơn.pdf", 0, 0), ("report", "Báo cáo.pdf", 1, 2)]


def test_an_answer_brings_papers_to_its_entry(world):
    done = world.move(world.to("appraise"), "specialist", "supplement", reason="Thiếu.", hours=5)
    papers = (Handed("report", originals=1),)
    done = world.move(done, world.applicant(done), "answer", evidence=papers, hours=6)
    row = Evidence.objects.get(component="report")
    assert (row.dossier_id, row.seq) == (done.dossier_id, Dossier.objects.get().seq)


def test_a_look_up_number_that_is_anothers_is_drawn_again(world, monkeypatch):
    first = world.take_in()
    drawn = iter([first.lookup, first.lookup, "BCR3B-KT94C"])
    monkeypatch.setattr(filing, "make_lookup", lambda _random: next(drawn))
    second = world.take_in(key="k")
    assert second.lookup == "BCR3B-KT94C"
    assert second.code.endswith("-0002")
    assert world.take_in(key="k") == replace(second, repeated=True)
    assert list(check_state()) == []

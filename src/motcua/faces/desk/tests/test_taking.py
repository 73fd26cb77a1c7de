"""The counter in a minute: who came before is filled in, papers are ticked, a scanner opens."""

from __future__ import annotations

import pytest

from motcua.core.access.models import Read, ScopeRow
from motcua.core.dossiers.models import Dossier
from motcua.core.files.models import Evidence
from motcua.core.people.parties import as_stated
from motcua.faces.desk.tests.test_intake import GOOD, PATH

NUMBER = "001088000142"
BEFORE = {**GOOD, "key": "before", "applicant.number": NUMBER, "applicant.address": "12 Hàng Bài"}
BLANK = {"key": "next", "found": "", "known": "", "applicant.kind": "person"}


@pytest.fixture
def before(desk):
    """Take a dossier in, whose applicant comes again."""
    desk.as_("counter").post(PATH, BEFORE)
    return Dossier.objects.get()


def find(desk, words, who="counter", **sent):
    return desk.as_(who).post(PATH, {**BLANK, **sent, "find": words})


def boxes(answer):
    return {box.name: box.value for box in answer.context["applicant"]}


@pytest.mark.parametrize("words", ["0912 345 678", NUMBER])
def test_who_came_before_is_filled_in_and_their_number_stays_behind_its_mask(desk, before, words):
    answer = find(desk, words)
    assert boxes(answer)["applicant.name"] == "Nguyễn Trường Đạt"
    assert boxes(answer)["applicant.address"] == "12 Hàng Bài"
    page = answer.content.decode().replace(f'value="{words}"', "")
    assert "001********142" in page
    assert NUMBER not in page
    assert Dossier.objects.count() == 1


def test_the_number_that_the_city_knows_goes_into_the_filing(desk, before):
    sent = {**GOOD, "key": "next", "find": NUMBER, "found": NUMBER, "known": str(before.pk)}
    desk.as_("counter").post(PATH, sent)
    assert as_stated(Dossier.objects.exclude(pk=before.pk).get().applicant)["number"] == NUMBER


def test_a_number_never_goes_along_with_another_name(desk, before):
    sent = {**GOOD, "known": str(before.pk), "applicant.name": "Trần Thị Bưởi"}
    desk.as_("counter").post(PATH, sent)
    assert as_stated(Dossier.objects.exclude(pk=before.pk).get().applicant)["number"] == ""


def test_what_was_typed_is_not_overwritten(desk, before):
    answer = find(desk, NUMBER, **{"applicant.address": "Nhà mới", "fields.licence": "GP 9"})
    assert boxes(answer)["applicant.address"] == "Nhà mới"
    assert "GP 9" in answer.content.decode()


def test_several_under_one_telephone_are_offered(desk, before):
    other = {**GOOD, "key": "other", "applicant.name": "Trần Thị Bưởi"}
    desk.as_("counter").post(PATH, other)
    answer = find(desk, "0912345678")
    assert [one.name for one in answer.context["offers"]] == ["Trần Thị Bưởi", "Nguyễn Trường Đạt"]
    chosen = answer.context["offers"][1].dossier_id
    told = desk.as_("counter").post(PATH, {**BLANK, "found": "0912345678", "choose": chosen})
    assert boxes(told)["applicant.name"] == "Nguyễn Trường Đạt"


def test_nobody_finds_an_applicant_of_dossiers_they_may_not_read(desk, before):
    ScopeRow.objects.all().delete()
    answer = find(desk, NUMBER)
    assert answer.context["nobody"]
    assert boxes(answer)["applicant.number"] == NUMBER
    chosen = desk.as_("counter").post(PATH, {**BLANK, "choose": before.pk})
    assert "Nguyễn Trường Đạt" not in chosen.content.decode()
    assert (
        "0010880"
        not in desk.as_("counter").post(PATH, {**BLANK, "known": before.pk}).content.decode()
    )


def test_the_look_is_written_down(desk, before):
    find(desk, NUMBER)
    assert Read.objects.filter(what="applicant", dossiers=f",{before.pk},").count() == 1


def test_words_that_are_no_number_are_said_at_their_box(desk):
    answer = find(desk, "anh Đạt")
    assert answer.status_code == 422
    assert answer.context["find"].error


@pytest.mark.parametrize("tick", ["sheets.request.full", "sheets.full"])
def test_a_tick_hands_in_what_the_procedure_asks(desk, tick):
    sent = {**GOOD, "sheets.request.originals": "", tick: "1"}
    desk.as_("counter").post(PATH, sent)
    assert list(Evidence.objects.values_list("component", "originals")) == [("request", 1)]


def test_a_scanned_symbol_opens_what_was_filed_online(desk):
    filed = desk.world.file()
    for words in (
        filed.lookup,
        filed.lookup.lower(),
        f"https://x.example/tra-cuu?so={filed.lookup}",
    ):
        answer = desk.get("counter", f"/ban/tiep-nhan?q={words.replace('?', '%3F')}")
        assert answer.headers["Location"] == f"/ban/ho-so/{filed.lookup}"
    assert desk.get("counter", "/ban/tiep-nhan?q=http://[").status_code == 200


def test_words_that_fit_one_procedure_open_its_form(desk):
    assert desk.get("counter", "/ban/tiep-nhan?q=x").headers["Location"] == PATH


def test_the_confirmation_waits_for_the_receipt(desk):
    answer = desk.as_("counter").post(PATH, GOOD, follow=True)
    assert answer.headers["Refresh"] == "3"

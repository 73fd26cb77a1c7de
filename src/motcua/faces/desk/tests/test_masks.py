"""Who deals with a dossier reads it; everybody else sees masks, and every look is written down."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace

import pytest

from motcua.core.access.models import Read
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.world import declaration
from motcua.core.people.models import Party
from motcua.core.people.numbers import number_hash, seal_number
from motcua.core.procedures.declaration import Text
from motcua.faces.desk.shown.facts import View, of_applicant, of_form

NAME, NUMBER, PHONE = "Nguyễn Trường Đạt", "001190000345", "0912345678"
APPLICANT = {"name": NAME, "number": NUMBER, "phone": PHONE, "address": "12 ngõ 106"}


@pytest.fixture
def done(desk):
    return desk.world.take_in(applicant=APPLICANT)


def text(response) -> str:
    return response.content.decode()


def looks() -> list[tuple[str, str, str]]:
    return list(Read.objects.order_by("id").values_list("kind", "actor", "what"))


def test_whoever_deals_with_it_reads_it_but_no_identity_number(desk, done):
    told = text(desk.get("counter", f"/ban/ho-so/{done.code}"))
    assert NAME in told
    assert PHONE in told
    assert NUMBER not in told
    assert "001********345" in told
    officer = desk.world.officers["counter"].key
    assert looks() == [("opened", officer, "dossier")]


def test_who_reads_from_above_sees_masks(desk, done):
    told = text(desk.get("leader", f"/ban/ho-so/{done.code}"))
    for hidden in (NAME, "Trường", NUMBER, PHONE, "ngõ 106"):
        assert hidden not in told
    assert "Ng***" in told
    assert f"/ban/ho-so/{done.code}/hien/applicant.phone" in told
    assert f"/ban/ho-so/{done.code}/hien/applicant.number" not in told
    assert "Ng***" in text(desk.get("leader", "/ban/ho-so"))
    assert NAME in text(desk.get("counter", "/ban/ho-so"))
    assert [kind for kind, _, _ in looks()] == ["opened", "listed", "listed"]


def test_a_value_is_revealed_for_a_purpose_and_the_look_is_kept(desk, done):
    path = f"/ban/ho-so/{done.code}/hien/applicant.phone"
    client = desk.as_("leader")
    assert PHONE not in text(client.get(path))
    refused = client.post(path, {"purpose": " "})
    assert refused.status_code == 422
    assert PHONE not in text(refused)
    assert looks() == []
    assert PHONE in text(client.post(path, {"purpose": "Gọi hỏi lại"}))
    row = Read.objects.get()
    assert (row.kind, row.what, row.dossier_id) == (
        "revealed",
        "applicant.phone",
        done.dossier_id,
    )
    assert "Gọi hỏi lại" in row.said


def test_an_identity_number_is_revealed_to_those_who_deal_with_it_alone(desk, done):
    path = f"/ban/ho-so/{done.code}/hien/applicant.number"
    refused = desk.as_("leader").post(path, {"purpose": "Xem"})
    assert refused.status_code == 403
    assert NUMBER not in text(refused)
    assert NUMBER in text(desk.as_("counter").post(path, {"purpose": "Đối chiếu"}))
    assert [what for _, _, what in looks()] == ["applicant.number"]


@pytest.mark.parametrize("field", ["applicant.x", "fields.x", "x", "evidence.x", "applicant."])
def test_what_is_not_there_is_no_page(desk, done, field):
    client = desk.as_("leader")
    assert client.get(f"/ban/ho-so/{done.code}/hien/{field}").status_code == 404


def test_who_may_not_read_the_dossier_reveals_nothing(desk, done):
    path = f"/ban/ho-so/{done.code}/hien/applicant.phone"
    for client in (desk.as_("police"), desk.as_("other_head")):
        assert client.get(path).status_code == 404
        assert client.post(path, {"purpose": "Xem"}).status_code == 404
    assert looks() == []


def test_a_read_that_can_not_be_written_shows_nothing(desk, done, monkeypatch):
    from motcua.core.access import log

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr(log, "_insert", broken)
    for path in (f"/ban/ho-so/{done.code}", "/ban/ho-so", "/ban/viec"):
        answer = desk.get("counter", path)
        assert answer.status_code == 503
        assert NAME not in text(answer)


QUERIES = ("", "nguyen", "ng truong", "tran", "van khac", "dat", "0912345678", "001190000345")


def test_what_is_hidden_changes_nothing_that_a_masked_reader_is_told(desk, done):
    """Two databases that differ behind the mask alone answer alike: pages, counts and search."""
    dossier = Dossier.objects.get(pk=done.dossier_id)
    paths = [
        f"/ban/ho-so/{done.code}",
        f"/ban/phieu-kiem-soat/{done.code}",
        *(f"/ban/ho-so?q={words}&tinh-trang=processing" for words in QUERIES),
        *(f"/ban/ho-so/xuat?dang=csv&q={words}&tinh-trang=processing" for words in QUERIES),
    ]
    told = [_told(desk, path) for path in paths]
    Party.objects.filter(pk=dossier.applicant_id).update(
        name="Ngô Thị Hoàn Toàn Khác",
        number_cipher=seal_number("001191111345"),
        number_hash=number_hash("001191111345"),
        phone="+84912999999",
        phone_as_given="0912999999",
        address="Nơi khác",
    )
    _search_anew(dossier.pk)
    for path, before in zip(paths, told, strict=True):
        assert _told(desk, path) == before, path
    assert len(set(itertools.islice(told, 2))) == 2


def _told(desk, path: str) -> tuple[int, str]:
    answer = desk.get("leader", path)
    token = r'name="csrfmiddlewaretoken" value="[^"]+"'  # drawn anew for every page
    told = answer.getvalue().decode() if answer.streaming else text(answer)
    return answer.status_code, re.sub(token, "", told)


def _search_anew(dossier_id: int) -> None:
    from motcua.core.dossiers.carrying import write_words
    from motcua.core.sql import act

    with act() as tx:
        write_words(tx, dossier_id)


def test_an_answer_and_the_applicants_own_of_one_label_lead_by_two_names(desk):
    label = Text("Thư điện tử", "E-mail")
    rule = replace(declaration().fields[0], key="email", personal=True, label=label)
    view = View(desk.world.officers["leader"], "H26.1", clearance=False)
    party = Party(kind="citizen", name=NAME, email="a@example.com")
    row = Dossier(fields=json.dumps({"email": "b@example.com"}))
    shown = [
        *of_applicant(view, party),
        *of_form(view, replace(declaration(), fields=(rule,)), row),
    ]
    links = [re.sub(r"<.*?>", "", value) for _label, value in shown if "<a " in value]
    assert len(links) == len(set(links)) == 3

"""Preparing an edition on the desk, and a head's decision on it."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.catalogue.models import Edition, Proposal
from motcua.core.catalogue.queries import find
from motcua.core.catalogue.tests.conftest import brought_out, taken_in
from motcua.core.catalogue.tests.samples import FACTS, from_memory
from motcua.core.ledger.models import Entry

KEY = "1.900001"
PAGE = f"/ban/danh-muc/{KEY}/ban-soan"
BETTER = {"result.text": "Giấy phép mới", "result.source": "QĐ 5", "result.sure": "1"}
DECREE = {"document": "9/QĐ-UBND"}


class Edits:
    """What is sent from the page of the edition in preparation."""

    def __init__(self, desk):
        self.desk, self.sent = desk, 0

    def begin(self, who="specialist", key="begin"):
        return self.desk.as_(who).post(f"/ban/danh-muc/{KEY}/soan", {"key": key})

    def do(self, act, who="specialist", **sent):
        self.sent += 1
        row = Proposal.objects.order_by("-pk").first()
        usual = {"do": act, "key": f"k{self.sent}", "revision": row.revision if row else 1}
        return self.desk.as_(who).post(PAGE, {**usual, **sent})

    def page(self, who="specialist"):
        return self.desk.get(who, PAGE).content.decode()

    def handed_in(self):
        self.begin()
        self.do("save", **BETTER)
        assert self.do("submit").status_code == 302


@pytest.fixture
def edits(desk):
    brought_out(FACTS)
    return Edits(desk)


def test_from_the_button_to_the_public_page(edits, client):
    listing = edits.desk.get("specialist", f"/ban/danh-muc/{KEY}").content.decode()
    assert "Soạn bản mới" in listing
    assert edits.begin()["Location"] == PAGE
    assert 'name="result.text"' in edits.page()
    edits.do("save", **BETTER)
    assert "Giấy phép mới" in edits.page()
    edits.do("submit")
    answer = edits.do("sign", "unit_head", **DECREE)
    assert answer["Location"] == f"/ban/danh-muc/{KEY}"
    assert "Giấy phép mới" in client.get(f"/thu-tuc/{KEY}").content.decode()


def test_the_form_sent_back_as_it_was_drawn_changes_nothing(edits):
    edits.begin()
    page = edits.desk.get("specialist", PAGE)
    sent = {box.name: box.value for part in page.context["form"] for box in part.boxes if box.value}
    edits.do("save", **sent)
    one, two = Edition.objects.order_by("number")
    assert bytes(one.digest) == bytes(two.digest)


def test_gaps_are_shown_where_they_are_and_keep_it_from_being_handed_in(edits):
    edits.begin()
    edits.do("save", **{"fee.text": "Không", "fee.source": "", "fee.sure": "0"})
    page = edits.page()
    assert page.count("“Phí, lệ phí” chưa có văn bản xác nhận: Không.") == 2
    assert "Trình người đứng đầu" not in page
    answer = edits.do("submit")
    assert answer.status_code == 422
    assert Proposal.objects.get().state == "editing"


def test_a_line_that_cannot_be_read_is_told_beside_its_box_and_what_was_typed_stays(edits):
    edits.begin()
    answer = edits.do("save", **{"evidence.text": "Đơn | nhiều"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#box-evidence-text"' in page
    assert "Đơn | nhiều" in page
    assert Proposal.objects.get().revision == 1


def test_a_head_sends_back_with_a_reason(edits):
    edits.handed_in()
    assert edits.do("send_back", "unit_head", reason=" ").status_code == 422
    edits.do("send_back", "unit_head", reason="Thiếu căn cứ")
    assert "Thiếu căn cứ" in edits.page()
    assert "unit_head trả lại" in edits.page()


def test_from_a_later_day(edits):
    edits.handed_in()
    later = {"since.day": "9", "since.month": "11", "since.year": "2026"}
    edits.do("sign", "unit_head", **DECREE, **later)
    assert "có hiệu lực từ 09/11/2026" in edits.page()
    assert find(KEY).edition.number == 1
    assert Proposal.objects.get().since == datetime.date(2026, 11, 9)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"document": ""}, "Ghi số, ký hiệu văn bản"),
        ({**DECREE, "since.day": "31", "since.month": "2", "since.year": "2027"}, "có thật"),
        ({**DECREE, "since.day": "1", "since.month": "1", "since.year": "2020"}, "phải từ"),
    ],
)
def test_what_keeps_a_signature_back_is_told_on_the_page(edits, sent, told):
    edits.handed_in()
    answer = edits.do("sign", "unit_head", **sent)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Proposal.objects.get().state == "submitted"


def test_a_form_that_is_sent_again_is_done_once(edits):
    edits.handed_in()
    row = Proposal.objects.get()
    sent = {"do": "sign", "key": "one", "revision": row.revision, **DECREE}
    answers = [edits.desk.as_("unit_head").post(PAGE, sent) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert Entry.objects.filter(act="catalogue_sign").count() == 1


def test_a_second_head_is_told_that_it_is_decided(edits):
    edits.handed_in()
    edits.do("sign", "unit_head", **DECREE)
    assert edits.do("sign", "leader", **DECREE).status_code == 404


@pytest.mark.parametrize("who", ["specialist", "counter", "police", "other_head"])
def test_who_may_not_decide_is_shown_no_form_and_refused(edits, who):
    edits.handed_in()
    assert 'value="sign"' not in edits.page(who)
    for act in ("sign", "send_back"):
        assert edits.do(act, who, **DECREE, reason="x").status_code == 403


def test_others_see_the_edition_and_cannot_write_it(edits):
    edits.begin()
    page = edits.page("police")
    assert 'value="save"' not in page
    assert 'value="give_up"' not in page
    for act in ("save", "submit", "give_up"):
        assert edits.do(act, "police", **BETTER).status_code == 403


def test_who_saw_another_content_is_told_to_look_again(edits):
    edits.begin()
    edits.do("save", **BETTER)
    assert edits.do("save", **BETTER, revision=1).status_code == 409
    assert edits.do("save", revision="").status_code == 409


def test_given_up_it_is_listed_as_such(edits):
    edits.begin()
    assert edits.do("give_up")["Location"] == f"/ban/danh-muc/{KEY}"
    page = edits.desk.get("specialist", f"/ban/danh-muc/{KEY}").content.decode()
    assert "Đã bỏ, không công bố" in page
    assert edits.desk.get("specialist", PAGE).status_code == 404


def test_a_button_that_is_pressed_twice_begins_once(edits):
    assert [edits.begin().status_code for _ in range(2)] == [302, 302]
    assert edits.begin(key="other").status_code == 409
    assert Proposal.objects.count() == 1


def test_strangers_are_sent_to_sign_in(edits, client):
    edits.begin()
    assert client.get(PAGE).status_code == 302
    assert client.post(f"/ban/danh-muc/{KEY}/soan").status_code == 302


def test_a_draft_of_memory_is_mended_and_published(edits, client):
    taken_in({**from_memory("fee"), "code": {**FACTS["code"], "value": "1.900003"}})
    page = "/ban/danh-muc/1.900003/ban-soan"
    officer = edits.desk.as_("specialist")
    officer.post("/ban/danh-muc/1.900003/soan", {"key": "a"})
    fee = {"fee.text": "Không", "fee.source": "7/2026/NQ-HĐND", "fee.sure": "1"}
    officer.post(page, {"do": "save", "key": "b", "revision": 1, **fee})
    officer.post(page, {"do": "submit", "key": "c", "revision": 2})
    head = edits.desk.as_("unit_head")
    head.post(page, {"do": "sign", "key": "d", "revision": 2, **DECREE})
    assert "7/2026/NQ-HĐND" in client.get("/thu-tuc/1.900003").content.decode()
    assert Edition.objects.get(listing__key="1.900003", number=2).state == "published"

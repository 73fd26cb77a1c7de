"""The forms of moves: what they ask, what they refuse, and that a double submit acts once."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import forget_tree
from motcua.core.dossiers.models import Dossier, Remark, WorkItem
from motcua.core.dossiers.tests.careful import CODE, on, publish_careful
from motcua.core.files.models import Evidence

OWED = "/ban/ho-so?can-xin-loi=1"


def form(desk, who, done, name):
    answer = desk.get(who, f"/ban/ho-so/{done.code or done.lookup}/{name}")
    assert answer.status_code == 200
    return answer.context["form"]


def asked(desk):
    done = desk.received()
    return desk.world.move(done, "specialist", "supplement", hours=1.5, reason="Thiếu đơn.")


def test_the_next_officer_is_chosen_with_the_load_in_sight(desk):
    desk.received()
    done = desk.world.take_in()
    box = form(desk, "unit_head", done, "assign").officer
    labels = [label for _key, label in box.choices]
    assert labels[1:] == [
        "second (đang giữ 0 việc, 0 quá hạn)",
        "specialist (đang giữ 1 việc, 0 quá hạn)",
    ]


def test_loads_are_not_told_to_who_reads_only_a_part(desk):
    box = form(desk, "specialist", desk.received(), "submit").officer
    assert [label for _key, label in box.choices][1:] == ["unit_head"]


def test_a_hand_over_offers_living_agencies_where_somebody_can_do_the_step(desk):
    Agency.objects.filter(code="H26.20").update(valid_to=datetime.date(2026, 1, 1))
    forget_tree()
    tiers = dict(form(desk, "specialist", desk.received(), "hand_over").tiers)
    assert {tier: [one.code for one in nodes] for tier, nodes in tiers.items()} == {
        "Sở, ban, ngành": ["H26.09", "H26.15"],  # at the city itself there is no specialist
    }


def test_a_move_leads_back_with_what_happened_and_the_next_work(desk):
    done, other = desk.received(), desk.received()
    answer = desk.as_("specialist").post(
        f"/ban/ho-so/{done.code}/submit", {"key": "a", "revision": done.revision}, follow=True
    )
    told = [str(message) for message in answer.context["messages"]]
    assert answer.redirect_chain == [(f"/ban/ho-so/{done.code}", 302)]
    assert f"Đã thực hiện “submit” với hồ sơ {done.code}." in told[0]
    assert f"/ban/ho-so/{other.code}" in told[0]


def test_a_double_submit_acts_once(desk):
    done = desk.received()
    first = desk.send("specialist", done, "submit")
    again = desk.send("specialist", done, "submit")
    assert (first.status_code, again.headers["Location"]) == (302, first.headers["Location"])
    assert Dossier.objects.get().revision == done.revision + 1


def test_a_stale_page_shows_what_changed_beside_what_was_typed(desk):
    done = desk.received()
    seen = str(Dossier.objects.get().seq)
    desk.world.move(done, "specialist", "submit", hours=1.5)
    sent = {"reason": "Thiếu bản sao", "seen": seen}
    answer = desk.send("specialist", done, "supplement", **sent)
    page = answer.content.decode()
    assert (answer.status_code, answer.templates[0].name) == (409, "desk/conflict.html")
    assert ("Bước hiện tại", "appraise", "check") in [
        (one.label, one.then, one.now) for one in answer.context["changed"].differences
    ]
    assert [one.act for one in answer.context["changed"].acts] == ["submit"]
    assert "Thiếu bản sao" in page
    assert answer.context["why_not"]


def test_what_was_typed_goes_on_with_the_dossier_as_it_stands(desk):
    done = desk.received()
    desk.world.move(done, "specialist", "consult", hours=1.5, legs=("police",), reason="Hỏi")
    stale = desk.send("specialist", done, "supplement", reason="Thiếu bản sao")
    assert stale.context["why_not"] == ""
    kept = {**dict(stale.context["hidden"]), "again": "1"}
    path = f"/ban/ho-so/{done.code}/supplement"
    form = desk.as_("specialist").post(path, kept)
    assert form.context["form"].words.value == "Thiếu bản sao"
    sent = {name: form.context["sent"][name] for name in ("key", "revision", "seen")}
    made = desk.as_("specialist").post(path, {**sent, "reason": "Thiếu bản sao"})
    assert made.status_code == 302
    assert Dossier.objects.get().state == "supplement"


@pytest.mark.parametrize("seen", ["", "0", "x", "999999"])
def test_a_conflict_without_what_was_seen_still_keeps_the_words(desk, seen):
    done = desk.received()
    desk.world.move(done, "specialist", "submit", hours=1.5)
    answer = desk.send("specialist", done, "supplement", reason="Thiếu bản sao", seen=seen)
    assert answer.status_code == 409
    assert "Thiếu bản sao" in answer.content.decode()


@pytest.mark.parametrize("agency", ["9" * 17, "9" * 5000, "²", "٣", "-1", "\0"])
def test_a_conflict_over_an_agency_that_no_page_offers_is_shown(desk, agency):
    done = desk.received()
    desk.world.move(done, "specialist", "submit", hours=1.5)
    sent = {"reason": "Không đúng thẩm quyền.", "agency": agency}
    answer = desk.send("specialist", done, "hand_over", **sent)
    assert answer.status_code == 409
    assert [words for _, words in answer.context["typed"]] == ["Không đúng thẩm quyền."]


@pytest.mark.parametrize("revision", ["", "x", "-1"])
def test_a_form_without_its_revision_is_stale(desk, revision):
    answer = desk.send("specialist", desk.received(), "submit", revision=revision)
    assert answer.status_code == 409


def test_a_missing_reason_is_said_at_the_field_and_in_the_title(desk):
    answer = desk.send("specialist", desk.received(), "refuse", reason="  ")
    page = answer.content.decode()
    assert (answer.status_code, Dossier.objects.get().closed) == (422, False)
    assert "<title>Lỗi:" in page
    assert 'href="#box-reason"' in page
    assert page.count("Hãy ghi rõ lý do của thao tác “refuse”.") == 2


def test_what_was_typed_stays_after_a_refusal(desk):
    answer = desk.send("specialist", desk.received(), "hand_over", reason="Không đúng thẩm quyền.")
    assert answer.status_code == 422
    assert "Không đúng thẩm quyền." in answer.content.decode()
    assert answer.context["form"].agency.error == "Chọn cơ quan nhận bàn giao."
    assert answer.context["sent"]["key"] == "hand_over-1"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"officer": "999"}, "officer"),
        ({"officer": "x"}, "officer"),
        ({"reason": "x" * 5000}, "words"),
    ],
)
def test_a_wrong_choice_is_said_where_it_was_made(desk, sent, field):
    answer = desk.send("unit_head", desk.world.take_in(), "assign", **sent)
    assert answer.status_code == 422
    assert getattr(answer.context["form"], field).error


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_post_is_told_whose_work_it_is(desk, method):
    done = desk.received()
    client = desk.as_("unit_head")
    told = {"key": "k", "revision": done.revision}
    answer = getattr(client, method)(f"/ban/ho-so/{done.code}/submit", told)
    assert (answer.status_code, answer.context["code"]) == (403, "dossiers.not_yours")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_dossier_takes_no_move(desk, method):
    done = desk.received()
    closed = desk.world.move(done, "specialist", "refuse", hours=1.5, reason="Không đủ.")
    told = {"key": "k", "revision": closed.revision}
    answer = getattr(desk.as_("specialist"), method)(f"/ban/ho-so/{done.code}/submit", told)
    assert (answer.status_code, answer.context["code"]) == (409, "flow.ended")


def test_an_unknown_move_is_refused(desk):
    answer = desk.send("specialist", desk.received(), "fly")
    assert answer.context["code"] == "flow.unknown_move"


def test_all_defects_are_sent_in_one_request(desk):
    defects = "Thiếu chữ ký.\r\nThiếu bản sao giấy phép."
    desk.send("specialist", desk.received(), "supplement", reason=defects)
    assert Remark.objects.get().text.splitlines() == ["Thiếu chữ ký.", "Thiếu bản sao giấy phép."]
    assert Dossier.objects.get().state == "supplement"


def test_a_second_request_for_more_is_refused(desk):
    done = asked(desk)
    done = desk.world.move(done, "counter", "answer", hours=1.6)
    answer = desk.get("specialist", f"/ban/ho-so/{done.code}/supplement")
    assert (answer.status_code, answer.context["code"]) == (409, "flow.used_up")


def test_an_answer_brought_to_the_counter_is_taken_in_with_its_papers(desk):
    done = asked(desk)
    scan = SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.7 made up")
    sent = {"sheets.report.copies": "2", "evidence.report": scan}
    assert desk.send("counter", done, "answer", **sent).status_code == 302
    rows = Evidence.objects.filter(component="report").order_by("id")
    assert sorted((row.copies, row.name) for row in rows) == [(0, "bao-cao.pdf"), (2, "")]


def test_a_number_of_sheets_that_is_none_is_refused(desk):
    answer = desk.send("counter", asked(desk), "answer", **{"sheets.report.copies": "hai"})
    rows = {row.key: row.box.error for row in answer.context["form"].sheets}
    assert (answer.status_code, bool(rows["report"])) == (422, True)


def test_a_consultation_is_opened_and_answered_by_its_holder(desk):
    done = desk.received()
    desk.send("specialist", done, "consult", legs=["police", "external"], reason="Xin ý kiến.")
    offered = desk.get("police", f"/ban/ho-so/{done.code}").context["moves"].first
    assert (offered.key, offered.leg) == ("reply", 1)
    fresh = desk.get("police", f"/ban/ho-so/{done.code}/reply?leg=1").context["sent"]
    answer = desk.as_("police").post(
        f"/ban/ho-so/{done.code}/reply", {**fresh.dict(), "reason": "Nhất trí."}
    )
    assert answer.status_code == 302
    assert WorkItem.objects.get(leg=1).result == "replied"


def test_a_consultation_of_nobody_is_refused_with_names(desk):
    answer = desk.send("specialist", desk.received(), "consult", reason="Xin ý kiến.")
    assert answer.status_code == 422
    assert "police, external" in answer.context["form"].legs.error


def careful(desk):
    publish_careful()
    return desk.world.to("appraise", procedure=CODE)


def sorry(desk, done, day, month, year):
    parts = {"promised.day": day, "promised.month": month, "promised.year": year}
    return desk.send("specialist", done, "apologise", reason="Bão.", **parts)


def test_an_apology_asks_for_a_day_and_moves_the_promise(desk):
    done = careful(desk)
    box = form(desk, "specialist", done, "apologise").promised
    assert "16/11/2026" in box.hint
    assert sorry(desk, done, 20, 11, 2026).status_code == 302
    row = Dossier.objects.get()
    assert (row.due_at, row.promised_at) == (on(16, 10), on(20, 17))


@pytest.mark.parametrize("day", [("", "", ""), (31, 2, 2027), (21, 11, 2026), (3, 11, 2026)])
def test_a_wrong_day_is_told_at_its_box(desk, day):
    answer = sorry(desk, careful(desk), *day)
    assert answer.status_code == 422
    assert answer.context["form"].promised.error
    assert Dossier.objects.get().promised_at == on(16, 10)


def test_a_list_tells_what_needs_an_apology_by_tomorrow(desk):
    done = careful(desk)
    listed = lambda: [row.code for row in desk.get("counter", OWED).context["rows"]]  # noqa: E731
    desk.at(24 * 10)  # Thursday 12 November; it is due on Monday at 10:00
    assert listed() == []
    desk.at(24 * 11)  # on Friday, the last working day before it
    assert listed() == [done.code]
    sorry(desk, done, 20, 11, 2026)
    assert listed() == []

"""A paper is made once, from what was true when it was asked for, and its proof verifies."""

from __future__ import annotations

import datetime
import hashlib
import io
from contextlib import suppress

import pytest
from pypdf import PdfReader

from motcua.core.access import actors
from motcua.core.agencies.models import Delegation
from motcua.core.documents import jobs
from motcua.core.documents.context import context_of
from motcua.core.documents.jobs import make
from motcua.core.documents.proofs import proof_for
from motcua.core.documents.queries import PaperNotReady, PaperUnknown, open_paper, papers_of
from motcua.core.documents.slip import OfficersOnly, ask_for_slip
from motcua.core.documents.tests.samples import words_of
from motcua.core.dossiers.models import Dossier, Paper
from motcua.core.dossiers.queries import find_one
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.situation import NotFound
from motcua.core.dossiers.tests.world import DAY, MONDAY
from motcua.core.jobs.models import Job
from motcua.core.jobs.registry import PermanentFailure, handler_of
from motcua.core.ledger.models import Entry
from motcua.core.ledger.proof_check import check_proof
from motcua.core.ledger.sealing import seal
from motcua.core.ledger.statement import public_key

LATER = MONDAY + datetime.timedelta(hours=9)


def paper_of(letter: str) -> Paper:
    return Paper.objects.select_related("file").get(letter=letter)


def made(letter: str, at: datetime.datetime = LATER) -> Paper:
    paper = paper_of(letter)
    make({"dossier": paper.dossier_id, "seq": paper.seq, "letter": letter}, at=at)
    return paper_of(letter)


def text_of(world, paper: Paper) -> str:
    dossier = Dossier.objects.get(pk=paper.dossier_id)
    _, path = open_paper(world.officers["unit_head"], dossier.lookup, paper.pk)
    return words_of(PdfReader(io.BytesIO(path.read_bytes())))


def to_appraisal(world):
    done = world.take_in()
    return world.move(done, "unit_head", "assign", officer_id=world.officer_id("specialist"))


def test_who_signs_in_anothers_place_says_so(world):
    done = world.to("approve")
    leader, head = world.officers["leader"], world.officer_id("unit_head")
    Delegation.objects.create(
        giver_id=leader.officer_id,
        agency_id=world.city.pk,
        post="leader",
        taker_id=head,
        capacity="TUQ.",
        salt=b"s",
        valid_from=DAY,
        valid_to=DAY + datetime.timedelta(days=9),
    )
    world.move(done, actors.officer(head, "unit_head", DAY), "issue", hours=9)
    text = text_of(world, made("result", at=LATER + datetime.timedelta(hours=9)))
    assert "TUQ. LÃNH ĐẠO CƠ QUAN" in text
    assert "NGƯỜI CÓ THẨM QUYỀN KÝ" not in text


def test_the_receipt_says_what_the_counter_saw(world):
    done = world.take_in()
    text = text_of(world, made("form01"))
    for words in (
        done.code,
        done.lookup,
        "Nguyễn Trường Đạt",
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
        "Hà Nội, ngày 02 tháng 11 năm 2026",
        "Đơn đề nghị 01 bản chính",
        "10 ngày làm việc",
        "09 giờ 00 phút, ngày 02/11/2026",
        "Thứ Hai, 16/11/2026",
        "Phạm Thị Ánh Tuyết",
    ):
        assert words in text


def test_a_receipt_after_a_supplement_says_when_the_limit_began_anew(world):
    done = to_appraisal(world)
    done = world.move(done, "specialist", "supplement", hours=2, reason="Thiếu sơ đồ")
    world.move(done, world.applicant(done), "answer", hours=24)
    receipts = Paper.objects.filter(letter="form01").order_by("seq")
    told = [context_of(one)["completed"] for one in receipts]
    assert told == ["", "09 giờ 00 phút, ngày 03/11/2026"]


def test_the_request_lists_every_defect(world):
    defects = "1. Thiếu chữ ký\n2. Thiếu sơ đồ\n3. #sai $tỷ lệ$"
    world.move(to_appraisal(world), "specialist", "supplement", hours=2, reason=defects)
    text = text_of(world, made("form02"))
    for words in ("Thiếu chữ ký", "Thiếu sơ đồ", "#sai $tỷ lệ$", "Đỗ Hữu Nghĩa"):
        assert words in text


def test_the_refusal_before_reception_goes_by_the_look_up_number(world):
    done = world.move(world.file(), "counter", "turn_away", reason="Không thuộc thẩm quyền")
    text = text_of(world, made("form03"))
    assert f"Số tra cứu: {done.lookup}" in text
    assert "Không thuộc thẩm quyền" in text


def test_the_result_is_headed_by_who_decided(world):
    done = to_appraisal(world)
    for hours, who, name in ((2, "specialist", "submit"), (3, "unit_head", "agree")):
        done = world.move(done, who, name, hours=hours)
    world.move(done, "leader", "issue", hours=4)
    data = context_of(paper_of("result"))
    assert data["head"]["agency"] == "Ủy ban nhân dân thành phố Hà Nội"
    assert data["officer"]["name"] == "Lưỡng Thị Ngữ"
    assert [one["value"] for one in data["fields"]] == ["GP 12", "01/12/2026"]
    assert "CHƯA KÝ SỐ" in text_of(world, made("result"))


def test_a_result_that_another_post_issues_is_signed_by_who_decided(world):
    dossier = Dossier.objects.get(pk=world.to("returned").dossier_id)
    wanted = {"dossier": dossier, "seq": dossier.seq, "letter": "result"}
    data = context_of(Paper.objects.create(**wanted, asked_at=LATER))
    assert data["head"]["agency"] == "Ủy ban nhân dân thành phố Hà Nội"
    assert data["officer"]["name"] == "Lưỡng Thị Ngữ"


def test_a_paper_tells_of_its_own_hour_even_when_made_late(world):
    done = world.take_in()
    before = context_of(paper_of("form01"))
    done = world.move(done, "unit_head", "assign", officer_id=world.officer_id("specialist"))
    world.move(done, "specialist", "supplement", hours=2, reason="Thiếu sơ đồ")
    assert context_of(paper_of("form01")) == before


def test_the_job_records_the_hash_in_the_chain(world):
    world.take_in()
    paper = made("form01")
    entry = Entry.objects.get(stream=paper.dossier_id, seq=paper.made_seq)
    assert paper.file.sha256 in entry.body
    assert (paper.made_at, paper.file.media_type) == (LATER, "application/pdf")


def test_a_job_run_again_changes_nothing(world):
    world.take_in()
    first = made("form01")
    assert made("form01", LATER + datetime.timedelta(hours=1)).made_at == first.made_at
    assert Entry.objects.filter(act="paper").count() == 1


@pytest.mark.parametrize("place", ["keep", "paper_made"])
@pytest.mark.parametrize("after", [False, True])
def test_a_run_that_died_anywhere_is_finished_by_the_next(world, monkeypatch, place, after):
    world.take_in()
    real = getattr(jobs, place)

    def dying(*args, **named):
        if after:
            real(*args, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
        patched.setattr(jobs, place, dying)
        made("form01")
    paper = made("form01")
    assert Entry.objects.filter(act="paper").count() == 1
    assert Dossier.objects.get().seq == paper.made_seq == 2


def test_a_paper_nobody_asked_for_is_not_made(world):
    done = world.file()
    with pytest.raises(PermanentFailure):
        make({"dossier": done.dossier_id, "seq": 1, "letter": "form01"}, at=LATER)


def test_a_letter_without_template_is_put_aside_for_a_person(world):
    done = world.take_in()
    Paper.objects.create(dossier_id=done.dossier_id, seq=1, letter="form77", asked_at=MONDAY)
    with pytest.raises(PermanentFailure, match="form77"):
        made("form77")


def test_the_job_is_known_by_its_name():
    assert handler_of("documents.make").work is make


def test_the_proof_of_a_paper_verifies_offline(world):
    world.take_in()
    paper = made("form01")
    assert proof_for(paper) is None
    seal(at=LATER)
    proof = proof_for(paper)
    assert check_proof(proof, trusted_key=public_key(), file_sha256=paper.file.sha256).ok
    other = hashlib.sha256(b"another file").hexdigest()
    assert not check_proof(proof, trusted_key=public_key(), file_sha256=other).ok


def test_a_paper_that_is_not_made_has_no_proof(world):
    world.take_in()
    assert proof_for(paper_of("form01")) is None


def test_the_slip_has_a_row_for_each_hand_over(world):
    done = to_appraisal(world)
    ask_for_slip(actor=world.officers["specialist"], at=LATER, dossier_id=done.dossier_id)
    steps = context_of(paper_of("form05"))["steps"]
    assert [(one["step"], one["giver"], one["taker"]) for one in steps] == [
        ("reception", "Người nộp hồ sơ", "Phạm Thị Ánh Tuyết"),
        ("assign", "Phạm Thị Ánh Tuyết", "unit_head"),
        ("appraise", "unit_head", "Đỗ Hữu Nghĩa"),
    ]
    assert [one["result"] for one in steps] == [
        "Trước hạn",
        "Đúng hạn",
        "Đang giải quyết, trong hạn",
    ]


def test_a_consultation_on_the_slip_names_who_asked_and_who_replied(world):
    done = to_appraisal(world)
    done = world.move(
        done, "specialist", "consult", hours=2, legs=("police", "external"), reason="Hỏi"
    )
    done = world.move(done, "police", "reply", hours=3, leg=1, reason="Đồng ý")
    done = world.move(done, "specialist", "refuse", hours=4, reason="Không đủ điều kiện")
    ask_for_slip(actor=world.officers["specialist"], at=LATER, dossier_id=done.dossier_id)
    rows = context_of(paper_of("form05"))["steps"][-2:]
    assert [row["taken_at"] for row in rows] == [rows[0]["given_at"], ""]
    assert [(one["step"], one["giver"], one["taker"], one["note"]) for one in rows] == [
        ("Lấy ý kiến: police", "Đỗ Hữu Nghĩa", "police", "Đã trả lời ý kiến"),
        ("Lấy ý kiến: external", "Đỗ Hữu Nghĩa", "", "Thôi lấy ý kiến"),
    ]


def test_a_slip_asked_for_or_made_is_no_fault_of_the_rows(world):
    done = to_appraisal(world)
    ask_for_slip(actor=world.officers["specialist"], at=LATER, dossier_id=done.dossier_id)
    assert list(check_state()) == []
    made("form05")
    assert list(check_state()) == []


def test_a_slip_asked_for_again_is_the_same_until_somebody_acts(world):
    done, actor = to_appraisal(world), world.officers["specialist"]
    first = ask_for_slip(actor=actor, at=LATER, dossier_id=done.dossier_id)
    made("form05")
    assert ask_for_slip(actor=actor, at=LATER, dossier_id=done.dossier_id).pk == first.pk
    assert Job.objects.filter(payload__contains="form05").count() == 1
    world.move(done, "specialist", "submit", hours=2)
    assert ask_for_slip(actor=actor, at=LATER, dossier_id=done.dossier_id).pk != first.pk


def test_a_slip_is_for_officers_who_see_the_dossier(world):
    done = to_appraisal(world)
    owner = actors.applicant(Dossier.objects.get().applicant_id, "x")
    for actor, refusal in ((owner, OfficersOnly), (world.officers["police"], NotFound)):
        with pytest.raises(refusal):
            ask_for_slip(actor=actor, at=LATER, dossier_id=done.dossier_id)
    assert not Paper.objects.filter(letter="form05").exists()


def test_papers_are_read_by_those_who_read_the_dossier(world):
    done = to_appraisal(world)
    holder = world.officers["specialist"]
    ask_for_slip(actor=holder, at=LATER, dossier_id=done.dossier_id)
    snapshot = find_one(holder, done.code)
    owner = actors.applicant(snapshot.applicant_id, "x")
    assert [one.letter for one in papers_of(holder, snapshot)] == ["form01", "form05"]
    assert [one.letter for one in papers_of(owner, snapshot)] == ["form01"]
    for stranger in (actors.PUBLIC, world.officers["police"], actors.applicant(999, "y")):
        with pytest.raises(NotFound):
            papers_of(stranger, snapshot)
        with pytest.raises(NotFound):
            open_paper(stranger, done.code, paper_of("form01").pk)


def test_a_paper_is_opened_when_it_is_there(world):
    done, holder = to_appraisal(world), world.officers["specialist"]
    with pytest.raises(PaperNotReady):
        open_paper(holder, done.code, paper_of("form01").pk)
    paper, path = open_paper(holder, done.code, made("form01").pk)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == paper.file.sha256


def test_a_slip_stays_hidden_from_the_applicant_even_by_its_number(world):
    done = to_appraisal(world)
    slip = ask_for_slip(actor=world.officers["counter"], at=LATER, dossier_id=done.dossier_id)
    owner = actors.applicant(Dossier.objects.get().applicant_id, "x")
    with pytest.raises(PaperUnknown):
        open_paper(owner, done.code, slip.pk)

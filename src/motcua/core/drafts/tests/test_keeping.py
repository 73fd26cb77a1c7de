"""Whose a draft is, what is kept of it, and when it goes."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.accounts import citizens
from motcua.core.accounts.tokens import new_token
from motcua.core.dossiers.orders import Handed
from motcua.core.drafts import keeping, papers
from motcua.core.drafts.holders import Holder
from motcua.core.drafts.models import Draft, DraftFile
from motcua.core.files.models import StoredFile
from motcua.core.files.store import drop_unattached, keep, path_of
from motcua.core.now import now

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 2, 2, tzinfo=datetime.UTC)
CODE = "9.000007"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def browser() -> Holder:
    return Holder(new_token())


@pytest.fixture
def citizen() -> Holder:
    account = citizens.arrive(phone="+84912345678", at=AT)
    return Holder(account_id=account.pk)


def pdf(name="a.pdf", content=b"%PDF-1.4 made up") -> Handed:
    return Handed("request", keep([content]), name)


def save(holder, answers=None, *, part="who", at=AT, handed=()):
    told = {"applicant.name": "An"} if answers is None else answers
    return keeping.save(holder, CODE, part=part, answers=told, handed=handed, at=at)


def test_parts_add_up(browser):
    save(browser, {"agency": "1"}, part="where")
    save(browser, {"applicant.name": "An"})
    kept = keeping.find(browser, CODE, at=AT)
    assert kept.written.answers == {"agency": "1", "applicant.name": "An"}
    assert kept.written.seen == {"where", "who"}


def test_another_browser_finds_nothing(browser):
    kept = save(browser, handed=[pdf()])
    for other in (Holder(new_token()), Holder(), Holder(account_id=987654)):
        assert keeping.find(other, CODE, at=AT) is None
        assert keeping.all_of(other, at=AT) == []
        assert keeping.file_of(other, kept.files[0].pk, at=AT) is None
        keeping.drop_file(other, CODE, kept.files[0].pk, at=AT)
        keeping.discard(other, CODE, at=AT)
    assert keeping.find(browser, CODE, at=AT).files == kept.files


def test_neither_answers_nor_secret_can_be_read_in_the_row(browser):
    save(browser, {"applicant.name": "Nguyễn Văn An", "applicant.number": "001088004242"})
    row = Draft.objects.get()
    told = bytes(row.sealed) + bytes(row.holder_hash)
    for word in ("Nguyễn Văn An", "001088004242", browser.secret):
        assert word.encode() not in told


def test_what_is_saved_while_signed_in_belongs_to_the_account(browser, citizen):
    save(browser)
    both = Holder(browser.secret, citizen.account_id)
    save(both, {"applicant.phone": "0912345678"})
    assert keeping.find(browser, CODE, at=AT) is None  # after signing out
    assert len(keeping.find(citizen, CODE, at=AT).written.answers) == 2


def test_the_draft_of_the_account_comes_before_that_of_the_browser(browser, citizen):
    save(citizen, {"applicant.name": "Của tài khoản"})
    save(browser, {"applicant.name": "Của trình duyệt"})
    both = Holder(browser.secret, citizen.account_id)
    assert keeping.find(both, CODE, at=AT).written.answers["applicant.name"] == "Của tài khoản"


def test_a_closed_account_leaves_no_draft(citizen):
    save(citizen, handed=[pdf()])
    keeping.discard_account(citizen.account_id)
    assert (Draft.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_file_is_there_once_for_its_paper(browser):
    save(browser, handed=[pdf(), pdf()])
    assert len(save(browser, handed=[pdf()]).files) == 1


@pytest.mark.parametrize(("limit", "error"), [(3, papers.TooManyInAll), (60, None)])
def test_files_are_bounded_in_number(browser, monkeypatch, limit, error):
    monkeypatch.setattr(papers, "MAX_FILES", limit)
    many = [pdf(f"{n}.pdf", b"%PDF-" + str(n).encode()) for n in range(4)]
    if error is None:
        assert len(save(browser, handed=many).files) == 4
        return
    with pytest.raises(error):
        save(browser, handed=many)
    assert Draft.objects.count() == 0  # nothing half saved


def test_files_are_bounded_in_bytes(browser, settings):
    settings.MOTCUA_DRAFT_BYTES = 30
    save(browser, handed=[pdf()])
    with pytest.raises(papers.TooLargeInAll):
        save(browser, handed=[pdf("b.pdf", b"%PDF-1.4 another one")])
    assert DraftFile.objects.count() == 1


def test_answers_are_bounded(browser):
    with pytest.raises(keeping.DraftTooLong):
        save(browser, {"applicant.name": "ễ" * 65_000})
    assert Draft.objects.count() == 0


def test_a_file_taken_out_goes_from_the_house(browser):
    kept = save(browser, handed=[pdf()])
    keeping.drop_file(browser, CODE, kept.files[0].pk, at=AT)
    assert StoredFile.objects.count() == 0


def test_a_file_that_another_draft_holds_stays(browser):
    other = Holder(new_token())
    kept = save(browser, handed=[pdf()])
    save(other, handed=[pdf()])
    keeping.drop_file(browser, CODE, kept.files[0].pk, at=AT)
    assert keeping.find(other, CODE, at=AT).files[0].file.sha256 == kept.files[0].file.sha256


def test_a_draft_is_gone_after_its_time_with_the_bytes_of_its_files(browser, settings):
    kept = save(browser, handed=[pdf()])
    end = AT + settings.MOTCUA_DRAFT_DAYS * DAY
    path = path_of(kept.files[0].file.sha256)
    assert keeping.sweep(at=end) == 0
    assert keeping.find(browser, CODE, at=end + DAY) is None  # before the job comes
    assert keeping.sweep(at=end + DAY) == 1
    drop_unattached(at=now() + 3 * DAY)
    assert (Draft.objects.count(), StoredFile.objects.count(), path.exists()) == (0, 0, False)


def test_each_save_begins_the_time_anew(browser, settings):
    save(browser)
    later = AT + (settings.MOTCUA_DRAFT_DAYS - 1) * DAY
    save(browser, at=later)
    assert keeping.sweep(at=later + 2 * DAY) == 0


def test_a_draft_whose_time_is_over_gives_way_before_the_job_comes(browser, settings):
    save(browser)
    later = AT + (settings.MOTCUA_DRAFT_DAYS + 1) * DAY
    assert save(browser, {"agency": "1"}, at=later).written.answers == {"agency": "1"}


def test_the_files_of_a_draft_are_not_swept_as_unattached(browser):
    kept = save(browser, handed=[pdf()])
    drop_unattached(at=now() + 20 * DAY)
    assert path_of(kept.files[0].file.sha256).exists()

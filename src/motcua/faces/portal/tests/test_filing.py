"""Filing: part by part, check, submit once, confirmation."""

from __future__ import annotations

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.files.models import Evidence
from motcua.core.files.store import path_of
from motcua.faces.portal.sheet import PAPERS, WHAT, WHERE, WHO
from motcua.faces.portal.tests import walking
from motcua.faces.portal.tests.conftest import PDF, POSTAL, pdf

URL = f"/thu-tuc/{POSTAL}/nop"


@pytest.fixture
def checked(full, client, clock):
    """What the check page would send, after every part was filled in."""
    walking.fill(client, POSTAL, full)
    return walking.check(client, POSTAL)


def submit(client, checked):
    return client.post(f"{URL}/kiem-tra", checked)


def test_what_was_checked_is_filed(checked, client):
    answer = submit(client, checked)
    row = Dossier.objects.get()
    assert answer["Location"] == f"/da-nop/{row.lookup}"
    assert (row.state, row.channel, row.applicant.name) == (
        "submitted",
        "online",
        "Nguyễn Trường Đạt",
    )


def test_the_files_of_the_draft_become_evidence(checked, client):
    submit(client, checked)
    papers = list(Evidence.objects.order_by("component"))
    assert [(one.component, one.name) for one in papers] == [
        ("accounts", "bao-cao.pdf"),
        ("request", "don.pdf"),
    ]
    assert path_of(papers[0].file.sha256).read_bytes() == PDF


def test_the_confirmation_shows_number_and_code(checked, client):
    client.post(f"{URL}/kiem-tra", checked)
    lookup = Dossier.objects.get().lookup
    page = client.get(f"/da-nop/{lookup}").content.decode()
    assert lookup in page
    assert f'src="/tra-cuu/qr/{lookup}.svg"' in page


def test_the_qr_symbol_is_an_image_without_personal_data(client):
    image = client.get("/tra-cuu/qr/7KQ4M-2XH9B.svg")
    assert image.status_code == 422  # the check sign is wrong: such a number does not exist
    image = client.get("/tra-cuu/qr/22222-22222.svg")
    assert (image.status_code, image["Content-Type"]) == (200, "image/svg+xml")
    assert image.content.startswith(b"<svg")


def test_a_double_submit_files_once(checked, client):
    first, second = (submit(client, checked) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1


def test_a_form_begun_anew_after_filing_is_another_dossier(checked, client, full):
    first = submit(client, checked)["Location"]
    again = {**full, "evidence.request": pdf(), "evidence.accounts": pdf()}
    assert walking.file(client, POSTAL, again)["Location"] != first
    assert submit(client, checked)["Location"] == first  # the old tab still leads where it led
    assert Dossier.objects.count() == 2


def test_what_changed_elsewhere_since_the_check_is_shown_before_it_is_filed(checked, client, clock):
    clock.forward(minutes=1)
    walking.send(client, POSTAL, WHO, {"applicant.name": "Trần Thị Bình", **_who(client)})
    page = client.post(f"{URL}/kiem-tra", checked, follow=True)
    assert "đã thay đổi sau khi trang này mở" in page.content.decode()
    assert Dossier.objects.count() == 0


def _who(_client):
    return {"applicant.kind": "person", "applicant.phone": "0912345678"}


def test_nothing_is_filed_before_it_was_confirmed(checked):
    assert Dossier.objects.count() == 0


def test_each_part_leads_to_the_next_that_is_not_done(full, client, clock):
    parts = walking.parts(POSTAL)
    ways = [walking.send(client, POSTAL, part, full)["Location"] for part in parts]
    assert ways == [f"{URL}/{one}" for one in (*parts[1:], "kiem-tra")]
    changed = {**full, "applicant.name": "Trần Thị Bình"}
    assert walking.send(client, POSTAL, WHO, changed)["Location"] == f"{URL}/kiem-tra"


def test_the_check_page_shows_all_and_leads_to_each_part(checked, client):
    page = client.get(f"{URL}/kiem-tra").content.decode()
    for told in ("12/GP-BC", "Nguyễn Trường Đạt", "bao-cao.pdf", "don.pdf"):
        assert told in page
    for part in walking.parts(POSTAL):
        assert f'href="{URL}/{part}"' in page


def test_the_task_list_tells_three_states(full, client, clock):
    walking.send(client, POSTAL, WHERE, full)
    walking.send(client, POSTAL, WHO, {**full, "applicant.phone": ""})
    page = client.get(URL).content.decode()
    assert [page.count(words) for words in ("Xong", "Đang làm", "Chưa bắt đầu")] == [1, 1, 4]


def test_who_begins_is_led_to_the_first_part(world, client):
    assert client.get(URL)["Location"] == f"{URL}/{WHERE}"


def test_nothing_is_filed_while_a_part_is_missing(full, client, clock):
    walking.send(client, POSTAL, WHERE, full)
    answer = client.post(f"{URL}/kiem-tra", {"key": "x"}, follow=True)
    assert "Còn phần chưa xong" in answer.content.decode()
    assert Dossier.objects.count() == 0


def test_a_wrong_answer_is_kept_with_the_right_ones(full, client, clock):
    page = walking.send(client, POSTAL, WHO, {**full, "applicant.phone": "12"})
    assert page.status_code == 422
    text = client.get(f"{URL}/{WHO}").content.decode()
    assert 'value="12"' in text
    assert 'value="Nguyễn Trường Đạt"' in text


def test_a_file_is_not_chosen_again_after_an_error(form, client, clock):
    page = walking.send(client, POSTAL, PAPERS, {**form, "evidence.request": pdf()})
    assert page.status_code == 422
    assert "don.pdf" in page.content.decode()
    page = walking.send(client, POSTAL, PAPERS, {**form, "evidence.accounts": pdf("b.pdf")})
    assert page.status_code == 302


def test_the_same_file_chosen_twice_is_there_once(full, client, clock):
    for _ in range(2):
        walking.send(client, POSTAL, PAPERS, {"evidence.request": pdf()})
    page = client.get(f"{URL}/{PAPERS}").content.decode()
    assert page.count('value="drop-') == 1


def test_a_refused_file_is_told_by_its_paper_and_takes_no_other_with_it(full, client, clock):
    chosen = [pdf("trang-1.pdf", b"%PDF-1"), pdf("anh.bmp", b"BM"), pdf("trang-2.pdf", b"%PDF-2")]
    page = walking.send(client, POSTAL, PAPERS, {"evidence.request": chosen})
    text = page.content.decode()
    assert "Giấy đề nghị cấp lại giấy phép bưu chính (mẫu Phụ lục V): Chỉ nhận tệp PDF" in text
    assert ("trang-1.pdf" in text, "trang-2.pdf" in text) == (True, True)


def test_more_files_than_a_paper_may_have_are_told(full, client, clock):
    many = [pdf(f"trang-{n}.pdf") for n in range(21)]
    page = walking.send(client, POSTAL, PAPERS, {"evidence.request": many})
    assert page.status_code == 422
    assert "tối đa 20 tệp" in page.content.decode()


def test_a_sentence_names_its_question_once(full, client, clock):
    page = walking.send(client, POSTAL, WHO, {**full, "applicant.phone": "12"}).content.decode()
    assert "Số điện thoại “12”" in page
    assert "Số điện thoại: Số điện thoại" not in page


def test_a_file_that_was_taken_out_is_left_out(checked, client):
    page = client.get(f"{URL}/{PAPERS}").content.decode()
    number = page.split('value="drop-')[1].split('"')[0]
    assert client.post(f"{URL}/{PAPERS}", {"do": f"drop-{number}"})["Location"] == f"{URL}/{PAPERS}"
    assert client.get(f"{URL}/kiem-tra")["Location"] == URL
    assert "don.pdf" not in client.get(f"{URL}/{PAPERS}").content.decode()


def test_every_fault_is_told_at_once_and_leads_to_its_box(form, client, clock):
    wrong = {**form, "fields.licence_number": "", "fields.licence_date.day": "30"}
    text = walking.send(client, POSTAL, f"{WHAT}-licence", wrong).content.decode()
    for box in ("fields-licence_number", "fields-licence_date"):
        assert f'href="#box-{box}"' in text
        assert f'id="box-{box}"' in text
    assert "Không có ngày 30/2/2020" in text


@pytest.mark.parametrize("agency", ["", "999999", "x", "-1"])
def test_only_an_agency_that_receives_it_can_be_chosen(full, client, clock, agency):
    page = walking.send(client, POSTAL, WHERE, {**full, "agency": agency})
    assert page.status_code == 422
    assert "Chọn cơ quan tiếp nhận" in page.content.decode()


def test_agencies_of_other_tiers_are_not_offered(world, client):
    page = client.get(f"{URL}/{WHERE}").content.decode()
    assert f'value="{world.department.pk}"' in page
    assert f'<option value="{world.city.pk}"' not in page


def test_a_filer_sees_only_their_own_confirmation(checked, client, world):
    other = world.file()
    submit(client, checked)
    assert client.get(f"/da-nop/{other.lookup}")["Location"] == f"/tra-cuu?so={other.lookup}"


@pytest.mark.parametrize(
    "name", ["Đơn đề nghị.pdf", "..\\..\\a.pdf", "<b>.pdf", "x" * 400 + ".pdf"]
)
def test_file_names_are_only_names(form, client, clock, name):
    files = {"evidence.request": pdf(name), "evidence.accounts": pdf()}
    assert walking.file(client, POSTAL, {**form, **files}).status_code == 302
    kept = Evidence.objects.get(component="request").name
    assert len(kept) <= 200
    assert "/" not in kept
    assert "\\" not in kept

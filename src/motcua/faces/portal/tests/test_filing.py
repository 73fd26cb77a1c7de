"""Filing: form, check, submit once, confirmation."""

from __future__ import annotations

import re

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.files.models import Evidence
from motcua.core.files.store import path_of
from motcua.faces.portal.tests.conftest import PDF, POSTAL, pdf

URL = f"/thu-tuc/{POSTAL}/nop"


def inputs(page) -> dict[str, list[str]]:
    """Give the hidden inputs and ticked boxes of a page by name."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page.content.decode()):
        attrs = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if attrs.get("type") == "hidden" or tag.endswith(" checked>"):
            found.setdefault(attrs["name"], []).append(attrs["value"])
    return found


@pytest.fixture
def checked(full, client):
    """The answers as the check page would send them."""
    return inputs(client.post(URL, {**full, "do": "check"}))


def test_what_was_checked_is_filed(checked, client, clock):
    answer = client.post(URL, {**checked, "do": "submit"})
    row = Dossier.objects.get()
    assert answer["Location"] == f"/da-nop/{row.lookup}"
    assert (row.state, row.channel, row.applicant.name) == (
        "submitted",
        "online",
        "Nguyễn Trường Đạt",
    )


def test_files_are_carried_from_page_to_page(checked, client, clock):
    client.post(URL, {**checked, "do": "submit"})
    papers = list(Evidence.objects.order_by("component"))
    assert [(one.component, one.name) for one in papers] == [
        ("accounts", "bao-cao.pdf"),
        ("request", "don.pdf"),
    ]
    assert path_of(papers[0].file.sha256).read_bytes() == PDF


def test_the_confirmation_shows_number_and_code(checked, client, clock):
    page = client.post(URL, {**checked, "do": "submit"}, follow=True).content.decode()
    lookup = Dossier.objects.get().lookup
    assert lookup in page
    assert f'src="/tra-cuu/qr/{lookup}.svg"' in page


def test_the_qr_symbol_is_an_image_without_personal_data(client):
    image = client.get("/tra-cuu/qr/7KQ4M-2XH9B.svg")
    assert image.status_code == 422  # the check sign is wrong: such a number does not exist
    image = client.get("/tra-cuu/qr/22222-22222.svg")
    assert (image.status_code, image["Content-Type"]) == (200, "image/svg+xml")
    assert image.content.startswith(b"<svg")


def test_a_double_submit_files_once(checked, client, clock):
    first, second = (client.post(URL, {**checked, "do": "submit"}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1


def test_another_body_under_the_same_key_is_refused(checked, client, clock):
    client.post(URL, {**checked, "do": "submit"})
    again = client.post(URL, {**checked, "fields.services": "Khác", "do": "submit"})
    assert again.status_code == 409
    assert Dossier.objects.count() == 1


def test_nothing_is_filed_before_it_was_confirmed(checked, world):
    assert Dossier.objects.count() == 0


def unsigned(references):
    """What references say; they are signed anew, with the second, on every page."""
    return [one.partition(":")[0] for one in references]


def test_change_goes_back_with_everything(checked, client):
    page = client.post(URL, {**checked, "do": "change"})
    assert 'value="12/GP-BC"' in page.content.decode()
    again, before = (unsigned(one["kept.evidence.request"]) for one in (inputs(page), checked))
    assert again == before


def test_a_file_is_not_chosen_again_after_an_error(full, client):
    page = client.post(URL, {**full, "applicant.phone": "", "do": "check"})
    assert page.status_code == 422
    assert "Chưa nhập số điện thoại" in page.content.decode()
    assert set(inputs(page)) >= {"kept.evidence.request", "kept.evidence.accounts"}


def test_a_refused_file_is_told_by_its_paper_and_takes_no_other_with_it(full, client):
    chosen = [pdf("trang-1.pdf"), pdf("anh.bmp", b"BM"), pdf("trang-2.pdf")]
    page = client.post(URL, {**full, "evidence.request": chosen, "do": "check"})
    text = page.content.decode()
    assert "Giấy đề nghị cấp lại giấy phép bưu chính (mẫu Phụ lục V): Chỉ nhận tệp PDF" in text
    assert ("trang-1.pdf" in text, "trang-2.pdf" in text) == (True, True)


def test_more_files_than_a_paper_may_have_are_told(full, client):
    many = [pdf(f"trang-{n}.pdf") for n in range(21)]
    page = client.post(URL, {**full, "evidence.request": many, "do": "check"})
    assert page.status_code == 422
    assert "tối đa 20 tệp" in page.content.decode()


def test_a_sentence_names_its_question_once(full, client):
    page = client.post(URL, {**full, "applicant.phone": "12", "do": "check"}).content.decode()
    assert "Số điện thoại “12”" in page
    assert "Số điện thoại: Số điện thoại" not in page


def test_an_unticked_file_is_left_out(checked, client):
    left = {name: value for name, value in checked.items() if name != "kept.evidence.request"}
    page = client.post(URL, {**left, "do": "submit"})
    assert page.status_code == 422
    assert Dossier.objects.count() == 0


def test_every_fault_is_told_at_once_and_leads_to_its_box(form, client):
    wrong = {**form, "applicant.name": "", "fields.tax_code": "1", "fields.licence_date.day": "30"}
    text = client.post(URL, {**wrong, "do": "check"}).content.decode()
    for box in ("applicant-name", "fields-tax_code", "fields-licence_date", "evidence-request"):
        assert f'href="#box-{box}"' in text
        assert f'id="box-{box}"' in text
    assert "Không có ngày 30/2/2020" in text


@pytest.mark.parametrize("agency", ["", "999999", "x", "-1"])
def test_only_an_agency_that_receives_it_can_be_chosen(full, client, agency):
    page = client.post(URL, {**full, "agency": agency, "do": "submit"})
    assert page.status_code == 422
    assert "Chọn cơ quan tiếp nhận" in page.content.decode()


def test_agencies_of_other_tiers_are_not_offered(world, client):
    page = client.get(URL).content.decode()
    assert f'value="{world.department.pk}"' in page
    assert f'<option value="{world.city.pk}"' not in page


def test_a_filer_sees_only_their_own_confirmation(checked, client, clock, world):
    other = world.file()
    client.post(URL, {**checked, "do": "submit"})
    assert client.get(f"/da-nop/{other.lookup}")["Location"] == f"/tra-cuu?so={other.lookup}"


@pytest.mark.parametrize(
    "name", ["Đơn đề nghị.pdf", "..\\..\\a.pdf", "<b>.pdf", "x" * 400 + ".pdf"]
)
def test_file_names_are_only_names(form, client, clock, name):
    files = {"evidence.request": pdf(name), "evidence.accounts": pdf()}
    assert client.post(URL, {**form, **files, "do": "submit"}).status_code == 302
    kept = Evidence.objects.get(component="request").name
    assert len(kept) <= 200
    assert "/" not in kept
    assert "\\" not in kept

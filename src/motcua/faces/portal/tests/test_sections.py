"""A long form asks one section on a page; a draft from before the form had sections goes on."""

from __future__ import annotations

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.faces.portal.sheet import PAPERS, WHAT, WHERE, WHO
from motcua.faces.portal.tests import walking
from motcua.faces.portal.tests.conftest import POSTAL, pdf

URL = f"/thu-tuc/{POSTAL}/nop"
SECTIONS = [f"{WHAT}-{key}" for key in ("enterprise", "licence", "services")]


def page(client, part) -> str:
    return client.get(f"{URL}/{part}".rstrip("/")).content.decode()


def test_each_page_asks_its_own_questions(world, client):
    first, second, _ = (page(client, one) for one in SECTIONS)
    assert "<h1>Doanh nghiệp</h1>" in first
    assert ('name="fields.tax_code"' in first, 'name="fields.tax_code"' in second) == (True, False)
    assert 'name="fields.licence_date.day"' in second
    assert f'class="back" href="{URL}/{SECTIONS[0]}"' in second


def test_a_fault_is_told_on_the_page_of_its_question(full, client, clock):
    walking.fill(client, POSTAL, {**full, "fields.licence_number": ""})
    answer = walking.send(client, POSTAL, SECTIONS[0], full)
    assert answer["Location"] == f"{URL}/{SECTIONS[1]}"
    told = page(client, "")
    assert (told.count("Đang làm"), told.count("Xong")) == (1, 5)


def test_a_change_from_the_check_leads_back_to_it(full, client, clock):
    walking.fill(client, POSTAL, full)
    assert f'href="{URL}/{SECTIONS[1]}" aria-label="Sửa: Giấy phép đã cấp"' in page(
        client, "kiem-tra"
    )
    changed = {**full, "fields.licence_number": "99/GP-BC"}
    answer = walking.send(client, POSTAL, SECTIONS[1], changed)
    assert answer["Location"] == f"{URL}/kiem-tra"
    assert "99/GP-BC" in page(client, "kiem-tra")


@pytest.fixture
def before(full, client, clock):
    """Somebody who sends the page that had every question, opened before the form had sections."""
    for part in (WHERE, WHO):
        walking.send(client, POSTAL, part, full)
    answer = walking.send(client, POSTAL, WHAT, full)
    assert answer["Location"] == URL
    return client


def test_what_was_typed_before_there_were_sections_is_kept_and_done(before, full):
    assert "12/GP-BC" in page(before, SECTIONS[1])
    papers = {**full, "evidence.request": pdf(), "evidence.accounts": pdf("b.pdf")}
    assert walking.send(before, POSTAL, PAPERS, papers)["Location"] == f"{URL}/kiem-tra"
    walking.submit(before, POSTAL)
    assert Dossier.objects.count() == 1


def test_the_old_page_leads_to_the_parts_and_keeps_the_language_asked_for(before, full):
    assert before.get(f"{URL}/{WHAT}")["Location"] == URL
    answer = walking.send(before, POSTAL, WHAT, {**full, "language": "en"})
    assert answer["Location"] == URL
    assert "The enterprise" in page(before, "")


def test_no_form_has_a_section_of_another(world, client):
    assert client.get(f"{URL}/{WHAT}-display").status_code == 404
    assert client.get(f"/thu-tuc/1.001193/nop/{WHAT}-child").status_code == 404

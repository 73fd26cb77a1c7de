"""A dossier's page: its papers in place, who else has it open, what else the applicant filed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.core.access.models import Read
from motcua.core.dossiers.models import Dossier
from motcua.core.files.models import Evidence
from motcua.faces.desk.tests.test_intake import GOOD, PATH

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
NUMBER = {"applicant.number": "001088000142"}


@pytest.fixture
def scanned(desk):
    """Take in a dossier with a scanned paper."""
    paper = SimpleUploadedFile("don.pdf", PDF, "application/pdf")
    desk.as_("counter").post(PATH, {**GOOD, **NUMBER, "evidence.request": paper})
    return Dossier.objects.get()


def test_a_pdf_is_framed_by_our_own_page_alone(desk, scanned):
    page = desk.get("counter", f"/ban/ho-so/{scanned.code}")
    number = Evidence.objects.get(file__isnull=False).pk
    address = f"/ban/ho-so/{scanned.code}/tep/{number}"
    assert f'<iframe src="{address}?xem=1"' in page.content.decode()
    assert page.headers["Content-Security-Policy"].endswith("frame-src 'self'")
    framed = desk.get("counter", f"{address}?xem=1")
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert framed.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    assert framed.headers["Content-Disposition"].startswith("inline")
    assert b"".join(framed) == PDF
    alone = desk.get("counter", address)
    alone.close()
    assert alone.headers["X-Frame-Options"] == "DENY"
    assert "sandbox" in alone.headers["Content-Security-Policy"]


def test_who_else_has_it_open_is_told_for_some_minutes(desk, scanned):
    path = f"/ban/ho-so/{scanned.code}"
    assert desk.get("counter", path).context["present"] == ""
    name = desk.world.officers["counter"].name
    assert name in desk.get("unit_head", path).context["present"]
    desk.at(2.2)
    assert desk.get("unit_head", path).context["present"] == ""


def test_the_applicant_s_other_dossiers_are_told_and_noted(desk, scanned):
    desk.as_("counter").post(PATH, {**GOOD, **NUMBER, "key": "two"})
    page = desk.get("counter", f"/ban/ho-so/{scanned.code}")
    other = Dossier.objects.exclude(pk=scanned.pk).get()
    assert [code for code, _, _ in page.context["others"]] == [other.code]
    assert Read.objects.filter(what="related", dossiers=f",{other.pk},").exists()


def test_a_name_alone_ties_no_dossiers(desk):
    for key in ("one", "two"):
        desk.as_("counter").post(PATH, {**GOOD, "key": key})
    page = desk.get("counter", f"/ban/ho-so/{Dossier.objects.first().code}")
    assert page.context["others"] == []

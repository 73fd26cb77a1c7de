"""A refusal becomes a page that says what to do."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from motcua.core.documents.queries import PaperNotReady
from motcua.core.dossiers.rules import Stale
from motcua.faces.ui.middleware import RefusalMiddleware, refused


def ask(**headers):
    request = RequestFactory().get("/ban/ho-so/x", headers=headers)
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Hãy tải lại"), ("en", "Reload to see where it stands")]
)
def test_a_stale_page_leads_back(language, words):
    with translation.override(language):
        page = refused(ask(referer="http://testserver/ban/ho-so/H26"), Stale())
    text = page.content.decode()
    assert page.status_code == 409
    assert words in text
    assert "dossiers.stale" in text
    assert 'href="http://testserver/ban/ho-so/H26"' in text


def test_no_link_leads_out_of_the_house():
    assert b"example.org" not in refused(ask(referer="http://example.org/"), Stale()).content


def test_what_may_succeed_later_says_when():
    assert refused(ask(), PaperNotReady())["Retry-After"] == "5"


def test_other_errors_are_left_to_django():
    assert RefusalMiddleware(lambda _: None).process_exception(ask(), ValueError()) is None


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_pages_of_last_resort_need_nothing_and_speak_both_languages(name):
    page = render_to_string(name)
    assert 'lang="vi"' in page
    assert 'lang="en"' in page
    assert "<script" not in page

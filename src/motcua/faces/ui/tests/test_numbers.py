"""Counts are written as the language of the page writes them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from motcua.faces.ui.templatetags.ui import number


@pytest.mark.parametrize(("language", "told"), [("vi", "1.708"), ("en", "1,708")])
def test_thousands_are_set_apart(language, told):
    with translation.override(language):
        assert number(1708) == told
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        listed = {"page": 1, "pages": 1708}
        assert told in render_to_string("ui/pages.html", {"listed": listed}, request)

"""The page of the sample's codes and messages, and that nothing of it is there elsewhere."""

from __future__ import annotations

import json

import pytest

from motcua.faces.ui.gallery import COMPONENTS
from motcua.faces.ui.tests.pages import faults
from motcua.site.authenticators import secret_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.MOTCUA_HOME = tmp_path
    told = {"id": 1, "to": "an@thu.example", "subject": "Đã tiếp nhận", "text": "<b>Chào</b>"}
    (tmp_path / "sample-outbox.jsonl").write_text(json.dumps(told) + "\n")


def test_it_shows_every_account_and_what_was_sent(client):
    page = client.get("/sample/outbox")
    text = page.content.decode()
    assert faults(page) == []
    assert secret_of("motcua") in text
    assert "Đã tiếp nhận" in text
    assert "<b>Chào" not in text


def test_a_real_city_has_no_such_page_and_no_link_to_it(client, settings):
    settings.MOTCUA_SAMPLE = False
    assert client.get("/sample/outbox").status_code == 404
    assert "/sample/outbox" not in client.get("/dang-nhap").content.decode()


@pytest.mark.parametrize("query", ["", "?mat-do=can-bo", "?mat-do=x"])
def test_every_component_has_an_example(client, query):
    page = client.get(f"/sample/components{query}")
    assert faults(page) == []
    for one in COMPONENTS:
        assert f'id="c-{one.key}"' in page.content.decode()


def test_a_real_city_shows_no_examples(client, settings):
    settings.MOTCUA_SAMPLE = False
    assert client.get("/sample/components").status_code == 404

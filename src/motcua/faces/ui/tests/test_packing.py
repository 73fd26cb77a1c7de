"""Words go out packed to who can unpack them, and nothing else does."""

from __future__ import annotations

import gzip

import pytest


@pytest.fixture(autouse=True)
def _doors(settings, db):
    settings.ROOT_URLCONF = "motcua.site.urls"


def test_a_page_is_packed_for_who_can_unpack_it(client):
    plain = client.get("/tra-cuu")
    packed = client.get("/tra-cuu", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert "Tra cứu hồ sơ" in gzip.decompress(packed.content).decode()


def test_one_page_has_many_lengths(client):
    asked = [client.get("/tra-cuu", headers={"accept-encoding": "gzip"}) for _ in range(12)]
    assert len({len(one.content) for one in asked}) > 3


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/json"])
def test_what_is_no_page_stays_as_it_is(rf, kind):
    from django.http import HttpResponse

    from motcua.faces.ui.middleware import PackingMiddleware

    pack = PackingMiddleware(lambda _request: HttpResponse(b"x" * 999, content_type=kind))
    answer = pack(rf.get("/", headers={"accept-encoding": "gzip"}))
    assert "Content-Encoding" not in answer.headers


def test_a_part_of_a_file_stays_a_part(rf):
    from django.http import HttpResponse

    from motcua.faces.ui.middleware import PackingMiddleware

    part = HttpResponse(b"x" * 999, content_type="text/css", status=206)
    answer = PackingMiddleware(lambda _request: part)(
        rf.get("/", headers={"accept-encoding": "gzip"})
    )
    assert answer.content == b"x" * 999

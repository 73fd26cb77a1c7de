"""What every answer forbids a browser: pages, errors, static files, files and the API alike."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client

from motcua.core.people.models import Account
from motcua.site import settings as house
from tests.hostile.addresses import addresses

STATIC = ("/static/ui/tokens.css", "/static/ui/icons.svg", "/static/ui/nothing.css")
ODD = ("/nothing", "/ban/nothing", "/api/v1/nothing", "/api/nothing", "/%00", "/..%2f..%2fetc")
POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def policy(response) -> dict[str, set[str]]:
    said = response.headers.get("Content-Security-Policy", "")
    rules = (part.split() for part in said.split(";") if part.strip())
    return {name: set(sources) for name, *sources in rules}


def faults(response, *, framing: bool = False) -> list[str]:
    """Give the headers that are wrong; a page that is `framing` may show files of its own house."""
    wrong = [name for name, value in HEADERS.items() if response.headers.get(name) != value]
    wanted = POLICY | {"frame-src": {"'self'"}} if framing else POLICY
    return wrong + (["Content-Security-Policy"] if policy(response) != wanted else [])


@pytest.fixture
def known(world) -> dict[str, str]:
    done = world.to("appraise")
    return {"code": done.code or done.lookup, "lookup": done.lookup, "procedure": "9.000001"}


@pytest.fixture
def officer(world) -> Client:
    client = Client(raise_request_exception=False)
    account = Account(username="can.bo", officer_id=world.officer_id("specialist"))
    account.save()
    client.force_login(account)
    return client


def close(response) -> None:
    """Close an answer as Django's client does: its end is not that of the test's connection."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


def walk(client: Client, known: dict[str, str]):
    for address in (*addresses(known), *STATIC, *ODD):
        for method in (client.get, client.post, client.delete):
            response = method(address)
            close(response)
            yield address, response


def _frames(where: str, response) -> bool:
    """The sheet of a dossier shows its papers beside it."""
    return response.status_code == 200 and re.fullmatch(r"/ban/ho-so/[^/]+", where) is not None


@pytest.mark.parametrize("who", ["stranger", "officer"])
def test_every_answer_says_what_a_browser_must_not_do(known, officer, who):
    client = officer if who == "officer" else Client(raise_request_exception=False)
    walked = list(walk(client, known))
    statuses = {response.status_code for _, response in walked}
    assert {200, 404, 405} <= statuses
    assert [where for where, response in walked if response.status_code >= 500] == []
    found = {(where, *faults(answer, framing=_frames(where, answer))) for where, answer in walked}
    assert {one for one in found if len(one) > 1} == set()


def test_a_foreign_host_and_a_missing_token_are_answered_as_strictly(known):
    foreign = Client().get("/", headers={"host": "evil.example"})
    untold = Client(enforce_csrf_checks=True).post("/dang-nhap", {"username": "x"})
    assert (foreign.status_code, untold.status_code) == (400, 403)
    assert (faults(foreign), faults(untold)) == ([], [])
    assert b"evil.example" not in foreign.content


def test_what_an_officer_sees_is_kept_by_no_cache(known, officer):
    seen = [(where, response) for where, response in walk(officer, known) if "/ban/" in where]
    assert len(seen) > 10
    told = {where: response.headers.get("Cache-Control", "") for where, response in seen}
    assert {where: said for where, said in told.items() if "no-store" not in said} == {}


def test_encrypted_houses_say_so_for_a_year(settings, known):
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    assert Client().get("/").headers.get("Strict-Transport-Security") is None
    sent = Client().get("/", secure=True).headers["Strict-Transport-Security"]
    assert sent == f"max-age={datetime.timedelta(days=365).total_seconds():.0f}"


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites():
    assert (house.SESSION_COOKIE_HTTPONLY, house.SESSION_COOKIE_SAMESITE) == (True, "Lax")
    secure = (house.SESSION_COOKIE_SECURE, house.CSRF_COOKIE_SECURE, house.LANGUAGE_COOKIE_SECURE)
    assert set(secure) == {house.MOTCUA_PUBLIC_ADDRESS.startswith("https://")}

"""One method and one value of each name: none that a header, a form or a second copy slips in."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.core.accounts.models import ApiKey
from motcua.core.accounts.tests.doors import account_of, bearer, key_for, signed_in
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.world import MONDAY
from motcua.faces.desk import doors
from tests.hostile.addresses import addresses

OVERRIDES = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
LIST = "/api/v1/dossiers"


@pytest.fixture
def key(world) -> dict[str, str]:
    return bearer(key_for(account_of("counter", world.officer_id("counter"))))


def counts() -> tuple[int, int]:
    return Dossier.objects.count(), ApiKey.objects.count()


@pytest.mark.parametrize("header", OVERRIDES)
@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT"])
def test_no_header_turns_a_read_into_a_write(world, key, header, method):
    done = world.take_in()
    before = counts()
    for path in (LIST, f"{LIST}/{done.lookup}"):
        plain = Client().get(path, headers=key)
        turned = Client().get(path, headers={**key, header: method})
        assert (turned.status_code, turned.json()) == (plain.status_code, plain.json())
    assert counts() == before
    assert (
        Client().delete(f"{LIST}/{done.lookup}", headers={**key, header: "GET"}).status_code == 405
    )


@pytest.mark.parametrize("name", ["_method", "_HttpMethod", "X-HTTP-Method-Override"])
def test_no_field_turns_a_post_into_anything_else(world, key, monkeypatch, name):
    monkeypatch.setattr(doors, "now", lambda: MONDAY)
    done = world.take_in()
    before = counts()
    officer = signed_in(
        Client(raise_request_exception=False),
        account_of("counter", world.officer_id("counter")),
        at=MONDAY,
    )
    values = {"code": done.code, "procedure": "9.000001", "key": "assign"}
    for path in addresses(values):
        for method in ("DELETE", "PUT", "PATCH"):
            if path.endswith("/thoat"):
                continue
            told = officer.post(f"{path}?{name}={method}", {name: method})
            assert told.status_code != 500, path
    assert counts()[0] == before[0]
    assert Dossier.objects.get(pk=done.dossier_id).revision == done.revision


@pytest.mark.parametrize(
    "query", ["state=received&state=returned", "page=1&page=2", "q=a&q=b", "q=&q="]
)
@pytest.mark.parametrize("path", [LIST, "/api/v1/exports/dossiers"])
def test_a_parameter_that_comes_twice_is_refused_by_name(world, key, path, query):
    name = query.partition("=")[0]
    answer = Client().get(f"{path}?{query}", headers=key)
    assert answer.status_code == 422
    wanted = "input.unknown" if path != LIST and name == "page" else "input.twice"
    assert answer.json()["error"]["fields"][name]["code"] == wanted


def test_a_second_copy_widens_no_list(world, key, monkeypatch):
    """Pages take the last value of a name everywhere: what is shown is what was narrowed to."""
    monkeypatch.setattr(doors, "now", lambda: MONDAY)
    mine = world.take_in()
    account = account_of("other_head", world.officer_id("other_head"))
    other = signed_in(Client(), account, at=MONDAY)
    for query in (f"q={mine.lookup}&q=", f"q=&q={mine.lookup}", "co-quan=1&co-quan=2"):
        assert mine.code not in other.get(f"/ban/ho-so?{query}").content.decode()

"""`motcua keys`: a key, its secret to sign requests with, another one, the end of the former."""

from __future__ import annotations

import json

import pytest

from motcua.core.accounts.models import KeySecret
from motcua.core.accounts.tests.doors import account_of
from motcua.core.people.models import Officer
from motcua.site.cli.main import main

pytestmark = pytest.mark.django_db


def told(capsys, *words) -> dict:
    assert main(["keys", *(str(one) for one in words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_secret_is_given_exchanged_and_ended(capsys):
    account_of("gateway", Officer.objects.create(name="Ngô An", staff_number="1").pk)
    made = told(capsys, "create", "gateway", "--name", "5656", "--scopes", "registers")
    first = told(capsys, "secret", "gateway", made["key"])
    second = told(capsys, "secret", "gateway", made["key"], "--overlap", "2")
    assert first["text"] != second["text"]
    [listed] = told(capsys, "list", "gateway")["keys"]
    assert listed["secrets"] == [second["secret"], first["secret"]]
    assert first["text"] not in json.dumps(listed)
    told(capsys, "end-secret", "gateway", made["key"], first["secret"])
    [listed] = told(capsys, "list", "gateway")["keys"]
    assert listed["secrets"] == [second["secret"]]
    words = ["keys", "end-secret", "gateway", str(made["key"]), str(second["secret"])]
    assert main(words) == 1
    assert "accounts.last_secret" in capsys.readouterr().err
    assert KeySecret.objects.count() == 2

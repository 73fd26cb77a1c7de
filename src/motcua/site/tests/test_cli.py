"""The command line: what it answers, and how it says no."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from motcua.core.agencies.models import Agency, Appointment
from motcua.core.catalogue.models import Listing
from motcua.core.dossiers.models import Dossier
from motcua.core.ledger.models import Entry
from motcua.core.ledger.statement import public_key
from motcua.core.people.models import Account
from motcua.core.registers.models import Record
from motcua.site.authenticators import secret_of
from motcua.site.cli.main import VERBS, main
from motcua.site.environment import folder

REAL = """
appointed = 2026-01-05
[[agency]]
code = "H29"
tier = "city"
name_vi = "Thành phố"
name_en = "City"
short_name = "TP"
officers = [{ name = "Ngô An", username = "an", post = "leader" }]
"""


def told(capsys, *words: str) -> dict[str, object]:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_load_sample_tells_what_it_added_and_then_nothing(instance, capsys):
    first, again = told(capsys, "load", "sample"), told(capsys, "load", "sample")
    assert (first["agencies"], first["officers"]) == (8, Account.objects.count())
    assert first["dossiers"] == Dossier.objects.count()
    assert first["listings"] == Listing.objects.count() > 0
    assert first["records"] == Record.objects.count() > 0
    names = ("agencies", "officers", "listings", "dossiers", "records", "documents")
    nothing = dict.fromkeys(names, 0)
    assert again == {"published": [], **nothing}


def test_load_sample_shows_who_can_sign_in(instance, capsys):
    assert main(["load", "sample", "--quiet", "--accounts"]) == 0
    out = capsys.readouterr().out
    assert "Công chức một cửa / One-stop officer" in out
    assert "password for all: motcua" in out
    line = next(line for line in out.splitlines() if line.lstrip().startswith("motcua "))
    assert secret_of("motcua") in line
    assert re.search(r" \d{6}$", line)


def test_simulate_counts_what_it_did(instance, capsys):
    answer = told(capsys, "simulate", "--dossiers", "12", "--seed", "3", "--processes", "1")
    assert answer["dossiers"] == sum(answer["states"].values()) == 12
    assert answer["acts"] == sum(answer["moves"].values()) >= 12


def test_the_ledger_is_sealed_and_verified(sample_city, capsys, settings, tmp_path):
    settings.MOTCUA_WITNESS = tmp_path
    assert told(capsys, "ledger", "seal")["entries"] == Entry.objects.count()
    report = told(capsys, "ledger", "verify", "--state")
    assert (report["ok"], report["witnessed"], report["unsealed"]) == (True, 1, 0)


def test_a_changed_row_is_found(instance, capsys):
    assert main(["load", "sample", "--quiet"]) == 0
    Dossier.objects.filter(pk=Dossier.objects.first().pk).update(state="returned", outcome="x")
    assert main(["ledger", "verify"]) == 0
    assert main(["ledger", "verify", "--state"]) == 1
    assert "[state.differs]" in capsys.readouterr().out


def test_the_key_is_the_one_that_signs(instance, capsys):
    assert told(capsys, "ledger", "key")["key"] == public_key().hex()


def test_agencies_are_shown_with_their_posts(sample_city, capsys):
    rows = {row["code"]: row for row in told(capsys, "agencies", "show")["agencies"]}
    assert rows["H26.12"]["parent"] == "H26"
    assert {"post": "leader", "officer": "Đỗ Thị Ưởng"} in rows["H26.12"]["posts"]


def test_a_refusal_is_told_in_both_languages_with_its_code(instance, capsys):
    Agency.objects.create(code="H29", tier="city", name_vi="Thành phố", name_en="City")
    assert main(["load", "sample"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("[sample.real_city] Hệ thống này")
    assert " / This instance holds real data" in said


def test_the_end_of_a_simulation_lies_in_the_past(instance, capsys):
    assert main(["simulate", "--until", "2126-01-01"]) == 1
    assert "[cli.not_an_instant]" in capsys.readouterr().err


@pytest.fixture
def real_file(tmp_path):
    (tmp_path / "city.toml").write_text(REAL, encoding="utf-8")
    return tmp_path / "city.toml"


def test_a_real_city_is_loaded_with_a_password_for_each(instance, capsys, real_file):
    made = told(capsys, "agencies", "load", str(real_file))["accounts"]
    assert Account.objects.get(username="an").check_password(made["an"])
    assert not Agency.objects.get().sample
    assert told(capsys, "agencies", "load", str(real_file)) == {"accounts": {}}
    assert Appointment.objects.count() == 1


def test_a_real_city_does_not_join_a_sample(sample_city, capsys, real_file):
    assert main(["agencies", "load", str(real_file)]) == 1
    assert "[city.sample_there]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("leader", "king"), "city.post_unknown"),
        (('tier = "city"', 'tier = "city"\nparent = "H1"'), "city.parent_unknown"),
        (("[[agency]]", "[agency"), "city.unreadable"),
        (("appointed", "since"), "city.unreadable"),
    ],
)
def test_a_wrong_city_file_is_refused_whole(instance, capsys, real_file, change, code):
    real_file.write_text(REAL.replace(*change), encoding="utf-8")
    assert main(["agencies", "load", str(real_file)]) == 1
    assert f"[{code}]" in capsys.readouterr().err
    assert not Agency.objects.exists()


def test_a_busy_port_is_told_before_anything_starts(capsys):
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert main(["up", "--port", str(other.getsockname()[1])]) == 1
    said = capsys.readouterr().err
    assert "[up.port_busy]" in said
    assert "is in use" in said


def test_a_port_that_is_no_number_is_a_wrong_call(monkeypatch, capsys):
    monkeypatch.setenv("PORT", "abc")
    with pytest.raises(SystemExit) as end:
        main(["up"])
    assert end.value.code == 2


@pytest.mark.parametrize("workers", ["0", "-1", "x"])
def test_a_number_of_web_processes_that_cannot_be_is_a_wrong_call(capsys, workers):
    with pytest.raises(SystemExit) as end:
        main(["up", "--workers", workers])
    assert end.value.code == 2


def verified(**environment: str) -> subprocess.CompletedProcess[str]:
    """Run `motcua ledger verify` in a process of its own, in this environment alone."""
    code = "import sys; from motcua.site.cli import main; sys.exit(main(['ledger', 'verify']))"
    env = {**environment, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )


def test_an_empty_database_is_told_without_a_traceback(tmp_path, empty_database):
    done = verified(MOTCUA_HOME=str(tmp_path), MOTCUA_DATABASE=empty_database)
    assert done.returncode == 1
    assert done.stderr.startswith("[cli.not_migrated]")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("MOTCUA_HOME", "/proc/none", "cli.not_usable"),
        ("MOTCUA_DATABASE", "/proc/none/db", "cli.database_away"),
        ("MOTCUA_DATABASE", __file__, "cli.database_away"),
        ("MOTCUA_DATABASE", "postgresql://a@127.0.0.1:1/x", "cli.database_away"),
        ("MOTCUA_DATABASE", "postgresql://a@127.0.0.1:x/x", "settings.database_address"),
        ("MOTCUA_DATABASE", "postgresql://a@127.0.0.1", "settings.database_address"),
        ("MOTCUA_SAMPLE", "yes", "settings.wrong"),
        ("MOTCUA_MAX_UPLOAD_BYTES", "20 MB", "settings.wrong"),
        ("MOTCUA_SYNCHRONOUS", "OFF", "settings.wrong"),
        ("MOTCUA_TIME_ZONE", "Asia/Hanoi", "settings.wrong"),
        ("MOTCUA_LOG_LEVEL", "loud", "settings.wrong"),
    ],
)
def test_a_wrong_environment_is_told_without_a_traceback(tmp_path, name, value, code):
    done = verified(**{"MOTCUA_HOME": str(tmp_path), name: value})
    assert done.returncode == 1
    assert done.stderr.startswith(f"[{code}]")
    assert "Traceback" not in done.stderr


def test_the_parent_and_its_table_of_accounts_load_no_django():
    code = (
        "import sys; sys.modules['django'] = None\n"
        "import motcua.site.cli.up\n"
        "from motcua.site.cli.accounts import print_accounts\n"
        "print_accounts()"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "quantri" in done.stdout


def test_every_verb_is_told_in_the_help(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    assert all(verb in out for verb in VERBS)


@pytest.mark.parametrize("said", ["", None])
def test_an_empty_folder_is_the_usual_one_not_where_one_stands(monkeypatch, said):
    monkeypatch.delenv("MOTCUA_HOME", raising=False)
    if said is not None:
        monkeypatch.setenv("MOTCUA_HOME", said)
    assert folder("MOTCUA_HOME", Path("var")) == Path("var").absolute()
    monkeypatch.setenv("MOTCUA_HOME", "elsewhere")
    assert folder("MOTCUA_HOME", Path("var")) == Path("elsewhere").absolute()

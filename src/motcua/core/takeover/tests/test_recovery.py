"""Killed in the middle and run again: every case once, every case whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from motcua.core.takeover.tests.logs import row, text_of

CASES, EVENTS, UNTIL = 120, 5, 40


def _start(*command: str, env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *command], env={**os.environ, **env}, stdout=subprocess.PIPE, text=True
    )


@pytest.fixture
def env(empty_database, tmp_path):
    (tmp_path / "tmp").mkdir()
    given = {
        "TMPDIR": str(tmp_path / "tmp"),
        "MOTCUA_DATABASE": empty_database,
        "MOTCUA_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "motcua.site.settings",
    }
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    subprocess.run(migrate, env={**os.environ, **given}, check=True)
    return given


@pytest.mark.recovery
def test_a_killed_run_is_completed_by_the_next(env, tmp_path):
    rows = [row(case=f"c{n}", event=f"e{n}.{m}") for m in range(EVENTS) for n in range(CASES)]
    log = tmp_path / "log.csv"
    log.write_text(text_of(*rows))
    child = str(Path(__file__).with_name("child.py"))
    first = _start(child, str(log), env=env)
    for _ in range(UNTIL):
        first.stdout.readline()
    first.kill()
    first.communicate()
    assert list((tmp_path / "tmp").iterdir()) == []  # the rows of citizens lie nowhere
    again = _start(child, str(log), env=env).communicate()[0].splitlines()
    report = json.loads(again[-1])
    assert UNTIL - 1 <= report["unchanged"] < CASES
    assert report["created"] + report["unchanged"] == report["dossiers"] == CASES
    assert (report["events"], report["refused"]) == (CASES * EVENTS, 0)

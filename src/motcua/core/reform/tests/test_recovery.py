"""Killed in the middle and run again: every dossier passes on once, and the books agree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DOSSIERS, UNTIL, BATCH = 120, 45, 10
CHILD = str(Path(__file__).with_name("child.py"))


@pytest.fixture
def env(empty_database, tmp_path):
    given = {
        "MOTCUA_DATABASE": empty_database,
        "MOTCUA_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "motcua.site.settings",
    }
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    subprocess.run(migrate, env={**os.environ, **given}, check=True)
    return {**os.environ, **given}


def say(env: dict[str, str], what: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, CHILD, what], env=env, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode().splitlines()


@pytest.mark.recovery
def test_a_killed_reform_is_completed_by_the_next_run(env):
    assert say(env, "make") == ["1"]
    first = subprocess.Popen([sys.executable, CHILD, "run"], env=env, stdout=subprocess.PIPE)
    for _ in range(UNTIL):
        first.stdout.readline()
    first.kill()
    first.communicate()
    report = json.loads(say(env, "run")[-1])
    assert DOSSIERS - UNTIL - BATCH <= report["moved"] <= DOSSIERS - UNTIL + BATCH
    assert report["refused"] == 0
    assert json.loads(say(env, "run")[-1])["moved"] == 0
    found, sent = (json.loads(line) for line in say(env, "check"))
    assert (found, sent) == ([], [DOSSIERS, DOSSIERS])  # each applicant is told once

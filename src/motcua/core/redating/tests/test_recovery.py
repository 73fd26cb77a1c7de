"""Killed in the middle and run again: every date moves once, and the books agree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DOSSIERS, UNTIL, PAGE = 60, 5, 5
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
def test_a_killed_run_is_completed_by_the_next(env):
    assert say(env, "make") == ["1"]
    first = subprocess.Popen([sys.executable, CHILD, "run"], env=env, stdout=subprocess.PIPE)
    for _ in range(UNTIL):
        first.stdout.readline()
    first.kill()
    first.communicate()
    report = json.loads(say(env, "run")[-1])
    assert 0 < report["moved"] <= DOSSIERS - UNTIL * PAGE
    assert report["refused"] == 0
    assert json.loads(say(env, "run")[-1])["moved"] == 0
    assert json.loads(say(env, "check")[-1]) == []

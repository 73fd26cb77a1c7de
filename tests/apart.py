"""A process of its own on a database of its own, to be killed in the middle of its work."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.saying import HELD_AFTER

_MORE = 2
"""How many lines more a process may say at least, before it holds still."""


@dataclass(frozen=True, slots=True)
class Child:
    """The program `child.py` that stands beside a test, and what it is started with."""

    program: Path
    environment: dict[str, str]
    temporary: Path

    def start(self, *words: str, **told: str) -> subprocess.Popen[str]:
        """Start it; what it says can be read line by line."""
        command = [sys.executable, str(self.program), *words]
        environment = {**self.environment, **told}
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)

    def says(self, *words: str) -> list[str]:
        """Let it end by itself and give the lines that it said; it must not fail."""
        with self.start(*words) as process:
            lines = process.communicate()[0].splitlines()
        assert process.returncode == 0, lines
        return lines

    def is_killed(self, *words: str, after: int) -> int:
        """Kill it when it has said so many lines, and give how many it had said by its end.

        It must not have ended before. It goes on for a little while the blow is on its way, so it
        may have said more lines than were waited for.
        """
        held = str(after + max(_MORE, after // 3))
        with self.start(*words, **{HELD_AFTER: held}) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(after)]
            process.kill()
            rest = process.stdout.read().count("\n")
        assert all(lines), "it ended before it could be killed"
        return after + rest


@pytest.fixture
def child(request, migrated_database, tmp_path) -> Child:
    """Give the `child.py` beside the test, on an empty house that is migrated."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    environment = {
        **os.environ,
        "TMPDIR": str(temporary),
        "MOTCUA_DATABASE": migrated_database,
        "MOTCUA_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "motcua.site.settings",
        "PYTHONPATH": str(Path(__file__).parents[1]),  # `tests`, as this process has it
    }
    return Child(request.path.with_name("child.py"), environment, temporary)

"""A new home for one measurement of a whole city, and processes of its own that work in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def city(database: str) -> Iterator[dict[str, str]]:
    """Give the environment of an empty home on one database or the other; it goes again."""
    with tempfile.TemporaryDirectory(prefix="motcua-city-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # a server of its own account lies inside
        own = {"MOTCUA_HOME": name, "MOTCUA_SAMPLE": "1"}
        environment = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "motcua.site.settings"}
        if database == "sqlite":
            yield environment
            return
        from scripts.postgres import cluster

        (folder / "pg").mkdir()
        with cluster(folder / "pg") as address:
            yield {**environment, "MOTCUA_DATABASE": address}


def child(module: str, environment: dict[str, str], *words: str) -> dict[str, object]:
    """Do one thing in a process of its own, and give what it printed as JSON."""
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    told = json.loads(done.stdout)
    assert isinstance(told, dict)
    return told

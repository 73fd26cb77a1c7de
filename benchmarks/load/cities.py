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
def city(database: str, keep: Path | None = None) -> Iterator[dict[str, str]]:
    """Give the environment of a home on one database or the other; not kept, it goes again."""
    with _folder(keep) as folder:
        own = {"MOTCUA_HOME": str(folder), "MOTCUA_SAMPLE": "1"}
        environment = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "motcua.site.settings"}
        if database == "sqlite":
            yield environment
            return
        from scripts.postgres import cluster

        (folder / "pg").mkdir(exist_ok=True)
        with cluster(folder / "pg") as address:
            yield {**environment, "MOTCUA_DATABASE": address}


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="motcua-city-") as name:
        Path(name).chmod(0o755)  # a server of its own account lies inside
        yield Path(name)


def seeded(environment: dict[str, str], *, now: bool = False) -> bool:
    """Tell whether a home was seeded to its end; `now` says that it is."""
    mark = Path(environment["MOTCUA_HOME"]) / "seeded"
    if now:
        mark.touch()
    return mark.exists()


def child(module: str, environment: dict[str, str], *words: str) -> dict[str, object]:
    """Do one thing in a process of its own, and give what it printed as JSON."""
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    told = json.loads(done.stdout)
    assert isinstance(told, dict)
    return told

"""A worker process for the recovery tests: `child.py DATABASE FOLDER SECONDS`.

`DATABASE` is the JSON of the database entry of the test. The handler leaves its result in the
database, says so by the file `begun`, and then takes `SECONDS` more.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import django


def main(database: str, folder: str, seconds: str) -> None:
    """Run a worker until it is told to stop, or killed."""
    django.setup()
    from django.db import connections

    connections.databases["default"].update(json.loads(database))
    from motcua.core.jobs import worker
    from motcua.core.jobs.registry import handler
    from motcua.core.jobs.tests.setting import leave_result

    @handler("test.work")
    def work(payload, *, at):
        leave_result(at)
        (Path(folder) / "begun").touch()
        time.sleep(float(seconds))

    worker.discover = lambda: None  # the house's own jobs are not the matter here
    worker.Worker(poll_seconds=0.05).run()


if __name__ == "__main__":
    main(*sys.argv[1:])

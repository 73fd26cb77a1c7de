"""Run every check of the house side by side: lint, types, import law, migrations, documents."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

_PYTHON = sys.executable
_BIN = Path(sys.prefix) / "bin"

# The slowest first, so that the two workers end together.
CHECKS = {
    "types": [str(_BIN / "mypy")],
    "documents and shape": [_PYTHON, "-m", "pytest", "-q", "tests/architecture"],
    "import law": [str(_BIN / "lint-imports"), "--no-logo"],
    "migrations": [_PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "lint": [str(_BIN / "ruff"), "check", "--quiet", "."],
    "format": [str(_BIN / "ruff"), "format", "--quiet", "--check", "."],
}


def run(name: str, home: str) -> tuple[str, subprocess.CompletedProcess[str], float]:
    """Run one check with a throw-away home, so that no check leaves a file in the tree."""
    started = time.monotonic()
    settings = {"DJANGO_SETTINGS_MODULE": "motcua.site.settings", "MOTCUA_HOME": home}
    done = subprocess.run(
        CHECKS[name],
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return name, done, time.monotonic() - started


def main() -> int:
    """Run all, tell each as it ends, and show the output of those that failed."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="motcua-check-") as home, ThreadPoolExecutor(2) as pool:
        for job in as_completed(pool.submit(run, name, home) for name in CHECKS):
            name, done, seconds = job.result()
            print(f"{'FAILED' if done.returncode else 'ok    '} {name} ({seconds:.1f} s)")
            if done.returncode:
                failed += 1
                print(done.stdout)
    return 1 if failed else 0


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parent.parent)
    sys.exit(main())

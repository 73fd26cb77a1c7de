"""Seconds and memory of giving every dossier out, in each format, from a seeded database.

Memory is the largest resident set of the process; that it does not grow with the rows is shown by
giving out a tenth as many as well.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.load.house import Home, homes, kept

BAR_SECONDS = 60.0
BAR_GROWTH = 1.3
FORMATS = (("csv", "cases"), ("parquet", "cases"), ("xlsx", "cases"), ("xes", "events"))
_BARRED = ("csv", "parquet")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked of this measurement."""
    parser.add_argument("--dossiers", type=int, default=1_000_000, help="(1000000)")
    kept(parser)
    parser.add_argument("--formats", default="csv,parquet,xlsx,xes", help="comma-separated")


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """Seed two homes, a large one and a tenth of it, and give both out."""
    with homes(asked, [asked.dossiers, asked.dossiers // 10]) as (large, small):
        found = [
            _given(large, small, form, rows)
            for form, rows in FORMATS
            if form in asked.formats.split(",")
        ]
    bound = [one for one in found if one["format"] in _BARRED]
    return {
        "dossiers": asked.dossiers,
        "formats": found,
        "bar": f"CSV and Parquet ≤ {BAR_SECONDS:g} s, memory ≤ {BAR_GROWTH} × that of a tenth",
        "met": all(
            float(str(one["seconds"])) <= BAR_SECONDS
            and float(str(one["memory_ratio"])) <= BAR_GROWTH
            for one in bound
        ),
    }


def _given(large: Home, small: Home, form: str, rows: str) -> dict[str, object]:
    seconds, mib, size = _run(large, form, rows)
    _, less, _ = _run(small, form, rows)
    return {
        "format": form,
        "rows": rows,
        "seconds": round(seconds, 1),
        "memory_mib": round(mib),
        "memory_ratio": round(mib / less, 2),
        "file_mib": round(size / 2**20, 1),
    }


def _run(home: Home, form: str, rows: str) -> tuple[float, float, int]:
    with tempfile.TemporaryDirectory(prefix="motcua-export-") as folder:
        out = Path(folder) / f"all.{form}"
        words = ["export", "dossiers", "--format", form, "--rows", rows, "--out", str(out)]
        began = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-m", "motcua", *words],
            env=home.environment,
            stdout=subprocess.DEVNULL,
        )
        _, status, used = _wait(child)
        if status:
            raise SystemExit(f"export as {form} failed")
        return time.perf_counter() - began, used.ru_maxrss / 1024, out.stat().st_size


def _wait(child: subprocess.Popen[bytes]) -> tuple[int, int, resource.struct_rusage]:
    return os.wait4(child.pid, 0)

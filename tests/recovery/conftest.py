"""A disk that is small enough to be filled."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.recovery.truth")  # so that a drill tells what was not equal


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path | None]:
    """Mount a disk of this size there; nothing where only others may mount one."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a mounted disk of a few megabytes; only root can mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    with mounted(folder, "16m") as small:
        if small is None:
            pytest.skip("this machine, or this account, mounts no disk")
        yield small

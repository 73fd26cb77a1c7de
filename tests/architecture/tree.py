"""What the architecture tests read: the files of the repository and their syntax trees."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "motcua"


@cache
def tracked() -> tuple[Path, ...]:
    """Give every file that is in git or would be added to it (what git ignores is not ours)."""
    # Who runs the tests need not own the files: a copy for a build often belongs to somebody else.
    git = ["git", "-c", "safe.directory=*"]
    command = [*git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(ROOT / name for name in sorted(set(listed.split("\0"))) if (ROOT / name).is_file())


def sources() -> list[Path]:
    """Give our Python files, migrations aside (Django writes those)."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]


def products() -> list[Path]:
    """Give the Python files that ship as behaviour: neither tests nor migrations."""
    return [path for path in sources() if "tests" not in path.parts]


@cache
def syntax(path: Path) -> ast.Module:
    """Give the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.AST) -> set[str]:
    """Give the dotted names that a tree imports, `a.b` and `a.b.c` for `from a.b import c`."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def place(path: Path) -> str:
    """Give a file's path as a reader of the repository writes it."""
    return path.relative_to(ROOT).as_posix()

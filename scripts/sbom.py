"""Write what Motcua runs on from the lock: CycloneDX 1.6, and the list of licences.

The same lock gives the same bytes: no time and no machine stands in them. `--check` writes nothing
and fails where the files are not those that would be written.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "run.lock"
SBOM = ROOT / "requirements" / "sbom.cdx.json"
LICENCES = ROOT / "docs" / "reference" / "licences.md"
_PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_CLASSIFIER = "License :: OSI Approved :: "
_LONGEST = 80
_HEAD = """# Licences

What a running Motcua installs, by the lock file and by what each package declares of itself.
Written by `scripts/sbom.py`; the same list for machines is `requirements/sbom.cdx.json`
(CycloneDX 1.6). A test refuses licences that bind users of the whole (GPL, AGPL); see
[NOTICE](../../NOTICE) for the LGPL.

| package | version | licence |
|---|---|---|
"""


@dataclass(frozen=True)
class Package:
    """One line of the lock: what is installed, and the hashes it may have."""

    name: str
    version: str
    hashes: tuple[str, ...]

    @property
    def licence(self) -> str:
        """Give what the installed package declares: an SPDX expression, or its own words."""
        try:
            told = metadata(self.name)
        except PackageNotFoundError:
            raise SystemExit(f"{self.name} is not installed: run `make env` first") from None
        if expression := told.get("License-Expression"):
            return str(expression)
        classifiers = (str(one) for one in told.get_all("Classifier") or ())
        if classified := sorted(one for one in classifiers if one.startswith(_CLASSIFIER)):
            return ", ".join(one.removeprefix(_CLASSIFIER) for one in classified)
        words = str(told.get("License") or "").strip().splitlines()
        return words[0][:_LONGEST] if words else "not declared"


def packages(lock: str) -> list[Package]:
    """Read the lock file's packages, by name."""
    found: dict[str, tuple[str, list[str]]] = {}
    name = ""
    for line in lock.splitlines():
        if head := _PACKAGE.match(line):
            name = head[1].lower()
            found[name] = (head[2], [])
        if name and (digest := _HASH.search(line)):
            found[name][1].append(digest[1])
    return [Package(one, version, tuple(sorted(h))) for one, (version, h) in sorted(found.items())]


def component(package: Package) -> dict[str, object]:
    """Describe a package as CycloneDX does; any of the hashes is the file that was installed."""
    address = f"pkg:pypi/{package.name}@{package.version}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": package.name,
        "version": package.version,
        "purl": address,
        "licenses": [{"license": {"name": package.licence}}],
        "properties": [{"name": "lock:sha256", "value": one} for one in package.hashes],
    }


def written() -> dict[Path, str]:
    """Give the files as they must be."""
    found = packages(LOCK.read_text(encoding="utf-8"))
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "motcua",
                "name": "motcua",
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": [component(one) for one in found],
        "dependencies": [
            {"ref": "motcua", "dependsOn": [f"pkg:pypi/{one.name}@{one.version}" for one in found]}
        ],
    }
    rows = [f"| {one.name} | {one.version} | {one.licence} |" for one in found]
    return {
        SBOM: json.dumps(bom, ensure_ascii=False, indent=1) + "\n",
        LICENCES: _HEAD + "\n".join(rows) + "\n",
    }


def main(arguments: list[str]) -> int:
    """Write both files, or with `--check` tell which are not fresh."""
    stale = 0
    for path, text in written().items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)} is not fresh: run scripts/sbom.py", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

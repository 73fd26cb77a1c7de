"""`python -m benchmarks NAME [--json]`: run one measurement, or all; exit 1 below its bar."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module

from benchmarks.machine import machine

NAMES = {
    "steps": "durable steps in process, beside SpiffWorkflow and the raw limit",
    "start": "seconds to the first answer and memory at rest",
    "lifecycle": "HTTP lifecycles a second, on a seeded database",
    "lists": "lists, codes and word searches on a seeded database",
    "spike": "a crowd that comes and goes, on a seeded database",
    "simulate": "dossiers a second of a simulated city-year",
    "reform": "seconds of a reform of a whole city of open dossiers, killed on its way",
    "holiday": "seconds of a new day off for a whole city of open dossiers, killed on its way",
    "registers": "seconds to take a file of 10,000 records in",
    "antispam": "seconds from 1,708 + 27 sightings to draft letters",
    "exports": "seconds and memory of an export, on a seeded database",
}
QUICK = ("steps", "start")  # what is measured where no name is given: the others seed first


def main() -> int:
    """Run what was asked for and print it with the machine and the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    kinds = parser.add_subparsers(dest="name", metavar="NAME")
    for name, told in NAMES.items():
        one = kinds.add_parser(name, help=told, description=import_module(_path(name)).__doc__)
        import_module(_path(name)).options(one)
        one.add_argument("--json", action="store_true", help="answer as one JSON document")
    asked = parser.parse_args()
    wanted = [asked] if asked.name else [parser.parse_args([name]) for name in QUICK]
    results = [_run(one) for one in wanted]
    for result in results:
        if wanted[0].json:
            print(json.dumps(result, ensure_ascii=False, indent=2))
        else:
            _print(result)
    return 0 if all(result["met"] for result in results) else 1


def _path(name: str) -> str:
    return f"benchmarks.{name}"


def _run(asked: argparse.Namespace) -> dict[str, object]:
    given = [f"--{key} {value}" for key, value in vars(asked).items() if _is_told(key, value)]
    command = f"python -m benchmarks {' '.join([asked.name, *given, '--json'])}"
    about = {"name": asked.name, "command": command, "machine": machine()}
    return {**about, **import_module(_path(asked.name)).measure(asked)}


def _is_told(key: str, value: object) -> bool:
    return key not in {"name", "json"} and value is not None


def _print(result: dict[str, object]) -> None:
    print(f"\n{result['name']}: {'met' if result['met'] else 'NOT MET'}   ({result['command']})")
    for name, value in result.items():
        if name not in {"name", "command", "met"}:
            print(f"  {name}: {value}")


sys.exit(main())

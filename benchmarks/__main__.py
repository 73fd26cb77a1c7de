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
}


def main() -> int:
    """Run what was asked for and print it with the machine and the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    told = "; ".join(f"{name}: {text}" for name, text in NAMES.items())
    parser.add_argument("name", nargs="?", choices=NAMES, help=told)
    parser.add_argument("--json", action="store_true", help="answer as one JSON document")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds, median counts")
    options = parser.parse_args()
    results = [_run(name, options.rounds) for name in ([options.name] if options.name else NAMES)]
    if options.json:
        print(json.dumps(results[0] if options.name else results, ensure_ascii=False, indent=2))
    else:
        for result in results:
            _print(result)
    return 0 if all(result["met"] for result in results) else 1


def _run(name: str, rounds: int) -> dict[str, object]:
    measured = import_module(f"benchmarks.{name}").measure(rounds)
    command = f"python -m benchmarks {name} --rounds {rounds} --json"
    return {"name": name, "command": command, "machine": machine(), **measured}


def _print(result: dict[str, object]) -> None:
    print(f"\n{result['name']}: {'met' if result['met'] else 'NOT MET'}   ({result['command']})")
    for name, value in result.items():
        if name not in {"name", "command", "met"}:
            print(f"  {name}: {value}")


sys.exit(main())

"""How commands answer: plain lines for people, one JSON document with `--json`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping


def add_json(parser: argparse.ArgumentParser) -> None:
    """Give a reading command its `--json`."""
    parser.add_argument("--json", action="store_true", help="answer as one JSON document")


def answer(options: argparse.Namespace, result: Mapping[str, object]) -> None:
    """Print a result as JSON or as aligned lines."""
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=2, default=str))
        return
    width = max((len(name) for name in result), default=0)
    for name, value in result.items():
        print(f"{name:<{width}}  {value}")

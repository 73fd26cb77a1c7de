"""What commands share: how they answer, and how they read a number or a day."""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Mapping


def add_json(parser: argparse.ArgumentParser) -> None:
    """Give a reading command its `--json`."""
    parser.add_argument("--json", action="store_true", help="answer as one JSON document")


def count(text: str) -> int:
    """Read how many, from 1 on."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a number from 1 on, not {text!r}")
    return int(text)


def day(text: str) -> datetime.date:
    """Read a day such as 2017-12-31."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day as 2017-12-31, not {text!r}") from None


def as_json(result: Mapping[str, object]) -> str:
    """Write a result as JSON; instants and paths become text."""
    return json.dumps(result, ensure_ascii=False, indent=2, default=str)


def answer(options: argparse.Namespace, result: Mapping[str, object]) -> None:
    """Print a result as JSON or as aligned lines."""
    if options.json:
        print(as_json(result))
        return
    width = max((len(name) for name in result), default=0)
    for name, value in result.items():
        print(f"{name:<{width}}  {_plain(value)}".rstrip())


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {one}" for name, one in value.items()) or "–"
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value) or "–"
    return "–" if value is None else str(value)

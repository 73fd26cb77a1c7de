"""`motcua status`: whether the house is well; 1 where something of it is not."""

from __future__ import annotations

import argparse

from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, as_json


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Look at every part, and say what is not well first."""
    ready()
    from motcua.core.now import now
    from motcua.core.upkeep.findings import looked
    from motcua.site.watching import connect

    connect()
    at = now()
    found = looked(at)
    if options.json:
        told = [{"code": one.code, "ok": one.ok, "vi": one.vi, "en": one.en} for one in found]
        print(as_json({"at": at, "ok": all(one.ok for one in found), "findings": told}))
    else:
        for one in found:
            print(f"{'ok ' if one.ok else '!! '} {one.vi} / {one.en}")
    return 0 if all(one.ok for one in found) else 1

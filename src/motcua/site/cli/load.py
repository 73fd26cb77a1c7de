"""`motcua load sample|procedures`: fill an instance with what ships with Motcua."""

from __future__ import annotations

import argparse

from motcua.site.cli.accounts import print_accounts
from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer


def add(parser: argparse.ArgumentParser) -> None:
    """Declare what can be loaded."""
    parser.add_argument("what", choices=["sample", "procedures"], help="what to load")
    parser.add_argument("--quiet", action="store_true", help="say nothing when all went well")
    parser.add_argument("--accounts", action="store_true", help="list who can sign in (sample)")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Migrate, load what is missing, and tell what was added."""
    ready()
    added = _sample() if options.what == "sample" else _procedures()
    if not options.quiet:
        answer(options, added)
    if options.accounts and options.what == "sample":
        print_accounts()
    return 0


def _procedures() -> dict[str, object]:
    from motcua.site.cli.migrate import bring_up

    return {"published": list(bring_up().published)}


def _sample() -> dict[str, object]:
    from motcua.core.access.actors import house
    from motcua.core.catalogue.shipped import load_shipped
    from motcua.core.now import now
    from motcua.site.cli.migrate import bring_up
    from motcua.site.sample.city import HANOI, chosen
    from motcua.site.sample.documents import load_documents
    from motcua.site.sample.loading import load_city
    from motcua.site.sample.registers import load_registers
    from motcua.site.sample.stories import load_stories

    published = bring_up().published
    at = now()
    added = load_city(at)
    told: dict[str, object] = {
        "published": list(published),
        "agencies": added.agencies,
        "officers": added.officers,
    }
    if chosen() != HANOI:  # the catalogue and the stories are Hanoi's
        return told
    listings = load_shipped(actor=house("setup"), at=at)
    told["listings"] = len(listings.new)
    told |= {"dossiers": load_stories(at), "records": load_registers(at)}
    return told | {"documents": load_documents(at)}

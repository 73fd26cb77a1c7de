"""`motcua VERB [NOUN]`: one parser, one module per verb, Django only where a verb needs it."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

# Verb → module; each has `add(parser)` and `run(options) -> int`. Imported when called for, so
# that `motcua up` stays a small process beside the web and the worker.
VERBS = {
    "up": ("motcua.site.cli.up", "start the web and the worker (and the sample city)"),
    "load": ("motcua.site.cli.load", "load the procedures, or the sample city"),
    "simulate": ("motcua.site.cli.simulate", "drive made-up dossiers through the real acts"),
    "import": ("motcua.site.cli.importing", "take dossiers over from another one-stop"),
    "export": ("motcua.site.cli.exporting", "give dossiers back as a file"),
    "ledger": ("motcua.site.cli.ledger", "seal, verify, and show the public key"),
    "verify": ("motcua.site.cli.verify", "check a paper or a proof offline"),
    "worker": ("motcua.site.cli.worker", "run the background jobs"),
    "migrate": ("motcua.site.cli.migrate", "bring the database to this version"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused or found something wrong, 2 called wrongly."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="motcua", description=__doc__)
    commands = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb, (module, text) in VERBS.items():
        command = commands.add_parser(verb, help=text, description=text)
        if given[:1] == [verb]:
            import_module(module).add(command)
    options = parser.parse_args(given)
    return run(options)


def run(options: argparse.Namespace) -> int:
    """Run the module of a verb and tell a refusal in both languages."""
    from motcua.kernel.errors import Invalid, Refused

    try:
        code = import_module(VERBS[options.verb][0]).run(options)
    except Refused as refusal:
        _tell(refusal)
        if isinstance(refusal, Invalid):
            for field, problem in refusal.problems.items():
                print(f"  {field}: ", end="", file=sys.stderr)
                _tell(problem)
        return 1
    return int(code)


def _tell(refusal: Exception) -> None:
    from motcua.kernel.errors import Refused

    assert isinstance(refusal, Refused)
    print(f"[{refusal.code}] {refusal.text('vi')} / {refusal.text('en')}", file=sys.stderr)

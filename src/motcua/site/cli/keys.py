"""`motcua keys create|list|revoke|secret|end-secret`: keys by which programs act as an account."""

from __future__ import annotations

import argparse
import datetime

from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer, as_json, count

_ACTOR = "system:keeper"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the nouns."""
    nouns = parser.add_subparsers(dest="noun", metavar="NOUN", required=True)
    creating = nouns.add_parser("create", help="make a key; its token is shown this once")
    creating.add_argument("username", help="whose account the key acts as")
    creating.add_argument("--name", required=True, help="what will use it")
    creating.add_argument("--scopes", required=True, help="comma-separated: read,file,move,…")
    creating.add_argument("--hours", type=count, default=24, help="how long it lives (24)")
    add_json(creating)
    listing = nouns.add_parser("list", help="list the keys of an account")
    listing.add_argument("username")
    add_json(listing)
    revoking = nouns.add_parser("revoke", help="end a key at once")
    revoking.add_argument("username")
    revoking.add_argument("key", type=count, help="its number, as `list` tells")
    add_json(revoking)
    giving = nouns.add_parser(
        "secret", help="give a key a secret to sign requests with; it is shown this once"
    )
    giving.add_argument("username")
    giving.add_argument("key", type=count, help="its number, as `list` tells")
    giving.add_argument(
        "--overlap", type=int, default=24, help="hours for which the secret before is good (24)"
    )
    add_json(giving)
    ending = nouns.add_parser("end-secret", help="end the former one of two secrets at once")
    ending.add_argument("username")
    ending.add_argument("key", type=count)
    ending.add_argument("secret", type=count, help="its number, as `list` tells")
    add_json(ending)


def run(options: argparse.Namespace) -> int:
    """Do what the noun says."""
    ready()
    return _NOUNS[options.noun](options)


def _create(options: argparse.Namespace) -> int:
    from motcua.core.accounts.keys import make_key
    from motcua.core.accounts.managing import by_username
    from motcua.core.now import now

    at = now()
    made = make_key(
        actor=_ACTOR,
        at=at,
        account=by_username(options.username),
        name=options.name,
        scopes=[scope.strip() for scope in options.scopes.split(",")],
        expires_at=at + datetime.timedelta(hours=options.hours),
    )
    told = {"key": made.key.pk, "token": made.token, "expires_at": made.key.expires_at}
    answer(options, told)
    return 0


def _list(options: argparse.Namespace) -> int:
    from motcua.core.accounts.keys import keys_of
    from motcua.core.accounts.managing import by_username
    from motcua.core.accounts.signing import good_secrets
    from motcua.core.now import now

    fields = ("id", "name", "hint", "scopes", "expires_at", "used_at")
    found = list(keys_of(by_username(options.username).pk))
    signing = {one.pk: [row.pk for row in good_secrets(one.pk, now())] for one in found}
    rows = [
        {**{name: getattr(one, name) for name in fields}, "secrets": signing[one.pk]}
        for one in found
    ]
    if options.json:
        print(as_json({"keys": rows}))
        return 0
    for row in rows:
        told = ["–" if row[name] is None else str(row[name]) for name in fields]
        print("  ".join([*told, *(f"secret {number}" for number in row["secrets"])]))
    return 0


def _revoke(options: argparse.Namespace) -> int:
    from motcua.core.accounts.keys import revoke_key
    from motcua.core.accounts.managing import by_username
    from motcua.core.now import now

    account = by_username(options.username)
    revoke_key(actor=_ACTOR, at=now(), account=account, key_id=options.key)
    answer(options, {"revoked": options.key})
    return 0


def _secret(options: argparse.Namespace) -> int:
    from motcua.core.accounts.managing import by_username
    from motcua.core.accounts.signing import give_secret
    from motcua.core.now import now

    made = give_secret(
        actor=_ACTOR,
        at=now(),
        account=by_username(options.username),
        key_id=options.key,
        overlap=datetime.timedelta(hours=options.overlap),
    )
    answer(options, {"key": options.key, "secret": made.secret.pk, "text": made.text})
    return 0


def _end_secret(options: argparse.Namespace) -> int:
    from motcua.core.accounts.managing import by_username
    from motcua.core.accounts.signing import end_secret
    from motcua.core.now import now

    end_secret(
        actor=_ACTOR,
        at=now(),
        account=by_username(options.username),
        key_id=options.key,
        secret_id=options.secret,
    )
    answer(options, {"ended": options.secret})
    return 0


_NOUNS = {
    "create": _create,
    "list": _list,
    "revoke": _revoke,
    "secret": _secret,
    "end-secret": _end_secret,
}

"""`motcua agencies show|load FILE|count`: the tree of agencies and its posts; units of a day."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, as_json, day

if TYPE_CHECKING:
    from motcua.core.agencies.queries import Node, Tree
    from motcua.core.areas.models import Province

Posts = dict[int, list[tuple[str, str]]]


class FileUnreadable(Refused):
    """The file of agencies is not there."""

    code = "city.no_such_file"
    vi = "Không đọc được tệp {path}."
    en = "The file {path} cannot be read."


class SampleCity(Refused):
    """Real agencies have no place among made-up ones."""

    code = "city.sample_there"
    vi = "Hệ thống này đang chạy dữ liệu mẫu; hãy nạp cơ quan thật vào một MOTCUA_HOME mới."
    en = "This instance runs sample data; load real agencies into a new MOTCUA_HOME."
    status = 409


class NoAreas(Refused):
    """The units of no province, or not of this one, are loaded."""

    code = "areas.not_loaded"
    vi = "Chưa nạp đơn vị hành chính nào như thế. Hãy chạy “motcua areas import hanoi” trước."
    en = "No such units are loaded. Run “motcua areas import hanoi” first."
    status = 409


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the nouns."""
    nouns = parser.add_subparsers(dest="noun", metavar="NOUN", required=True)
    add_json(nouns.add_parser("show", help="the agencies of today, their posts and who holds them"))
    loading = nouns.add_parser("load", help="write the agencies and officers of a TOML file")
    loading.add_argument("file", type=Path, help="shaped like the sample's city.toml")
    add_json(loading)
    counting = nouns.add_parser("count", help="how many units there were on a day, by tier")
    counting.add_argument("--as-of", type=day, required=True, metavar="DATE", help="2017-12-31")
    counting.add_argument("--province", help="statistical code (the only one that is loaded)")
    add_json(counting)


def run(options: argparse.Namespace) -> int:
    """Show living agencies, each under the one above it; load some; or count units of a day."""
    ready()
    return _NOUNS[options.noun](options)


def _show(options: argparse.Namespace) -> int:
    from motcua.core.agencies.queries import tree
    from motcua.core.now import now

    known = tree()
    posts = _posts(now().date())
    living = [node for node in _in_order(known) if node.valid_to is None]
    if options.json:
        print(as_json({"agencies": [_told(one, known, posts) for one in living]}))
        return 0
    for one in living:
        indent = "  " * (len(known.chain(one.id)) - 1)
        print(f"{indent}{one.code}  {one.name_vi} / {one.name_en} ({one.tier})")
        for post, name in posts.get(one.id, []):
            print(f"{indent}    {post}: {name}")
    return 0


def _load(options: argparse.Namespace) -> int:
    from motcua.core.agencies.models import Agency
    from motcua.core.now import now
    from motcua.site.agencies import write_city
    from motcua.site.cli.migrate import bring_up
    from motcua.site.declared import read_city
    from motcua.site.sample.city import post_names

    try:
        text = options.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(path=options.file) from error
    declared = read_city(text)
    bring_up()
    if Agency.objects.filter(sample=True).exists():
        raise SampleCity
    made = write_city(declared, now(), posts=frozenset(post_names()))
    if options.json:
        print(as_json({"accounts": made}))
        return 0
    for username, password in made.items():
        print(f"{username}  {password}")
    print(f"{len(made)} tài khoản mới / new accounts")
    return 0


def _count(options: argparse.Namespace) -> int:
    from motcua.core.areas.queries import kinds_on, provinces, tiers_on

    there = [one for one in provinces() if options.province in {None, one.code}]
    if not there:
        raise NoAreas
    on = options.as_of
    counted = [
        (one, tiers_on(on, province=one.code), kinds_on(on, province=one.code)) for one in there
    ]
    if options.json:
        told = [_units(on, *one) for one in counted]
        print(as_json({"as_of": on, "provinces": told}))
        return 0
    for one, tiers, kinds in counted:
        print(f"{one.code}  {one.name_vi} / {one.name_en}")
        if not one.knows(on):
            print(f"  (số liệu chỉ có từ {one.facts_from} / facts begin on {one.facts_from})")
            continue
        for tier, number in tiers.items():
            named = ", ".join(f"{kind} {of}" for kind, of in kinds.get(tier, {}).items())
            print(f"  {tier}  {number}" + (f"  ({named})" if named else ""))
    return 0


def _units(
    on: datetime.date, province: Province, tiers: dict[str, int], kinds: dict[str, dict[str, int]]
) -> dict[str, object]:
    """Tell the units of a province by tier, and within each by kind; none of a day not told of."""
    known = province.knows(on)
    return {
        "province": province.code,
        "name": province.name_vi,
        "facts_from": province.facts_from,
        "tiers": tiers if known else {},
        "kinds": kinds if known else {},
    }


def _posts(on: datetime.date) -> Posts:
    from motcua.core.agencies.queries import in_force

    found: Posts = {}
    rows = in_force(on).order_by("post", "id").values_list("agency_id", "post", "officer__name")
    for agency_id, post, name in rows:
        found.setdefault(agency_id, []).append((post, name))
    return found


def _in_order(known: Tree) -> list[Node]:
    """Give each agency after the one above it."""
    codes = {node.id: node.code for node in known.nodes.values()}
    return sorted(
        known.nodes.values(),
        key=lambda node: [codes[one] for one in reversed(known.chain(node.id))],
    )


def _told(one: Node, known: Tree, posts: Posts) -> dict[str, object]:
    parent = known.nodes.get(one.parent_id) if one.parent_id is not None else None
    return {
        "code": one.code,
        "parent": parent.code if parent else None,
        "tier": one.tier,
        "name_vi": one.name_vi,
        "name_en": one.name_en,
        "posts": [{"post": post, "officer": name} for post, name in posts.get(one.id, [])],
    }


_NOUNS = {"show": _show, "load": _load, "count": _count}

"""With which of an officer's rights a file was made, and whether they still have them.

A file is made with what the officer held both when asking and when it was made, and is handed out
only while they hold all of that still: a post that ended takes its files along.
"""

from __future__ import annotations

import json
from dataclasses import replace

from motcua.core.access.actors import Actor
from motcua.kernel.errors import Refused


class RightsEnded(Refused):
    """The officer no longer has the rights with which the file was made."""

    code = "exports.rights_ended"
    vi = "Quyền xem của bạn đã thay đổi từ khi yêu cầu tệp này. Hãy xuất lại."
    en = "Your rights have changed since you asked for this file. Export it again."
    status = 403


def told(actor: Actor) -> str:
    """Write down the rights of an actor."""
    return json.dumps(
        {
            "scopes": sorted(actor.scopes),
            "posts": sorted(_posts(actor)),
            "lent": sorted(one.id for one in actor.lent),
            "barred": sorted(actor.barred),
        }
    )


def both(asked: str, actor: Actor) -> Actor:
    """Give an actor with what they had by `asked` and still have. Raises `RightsEnded`."""
    then = json.loads(asked)
    posts = {tuple(one) for one in then["posts"]}
    scopes = tuple(one for one in actor.scopes if one in set(then["scopes"]))
    if not scopes:
        raise RightsEnded
    return replace(
        actor,
        scopes=scopes,
        posts=tuple(one for one in actor.posts if (one.agency_id, one.post) in posts),
        lent=tuple(one for one in actor.lent if one.id in set(then["lent"])),
        barred=actor.barred | frozenset(then["barred"]),
    )


def check(used: str, actor: Actor) -> None:
    """Refuse a file whose rights its officer no longer has. Raises `RightsEnded`."""
    then = json.loads(used)
    kept = (
        set(then["scopes"]) <= set(actor.scopes)
        and {tuple(one) for one in then["posts"]} <= set(_posts(actor))
        and set(then["lent"]) <= {one.id for one in actor.lent}
        and actor.barred <= set(then["barred"])
    )
    if not kept:
        raise RightsEnded


def _posts(actor: Actor) -> list[tuple[int, str]]:
    return [(one.agency_id, one.post) for one in actor.posts]

"""Which rights to read the entries of a dossier explain: those who held it, worked on it, asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from motcua.core.access.scopes import (
    ScopeKind,
    agency_scope,
    kind_of,
    officer_scope,
    party_scope,
    post_scope,
)
from motcua.core.agencies.queries import tree
from motcua.core.dossiers.situation import NORMAL, RESTRICTED, Snapshot
from motcua.core.procedures.queries import declared


def explained(snapshot: Snapshot, bodies: Iterable[dict[str, Any]]) -> set[int]:
    """Give the scopes that acts gave, from what their entries say was left behind.

    While a dossier is restricted no agency reads it as a whole.
    """
    grade = NORMAL
    agencies, scopes = {snapshot.receiving_agency_id}, set[int]()
    for body in bodies:
        after = body["data"].get("after")
        if after is None:  # an event of another system, which left no state behind
            continue
        grade = body["data"].get("grade", grade)
        agencies.update({after["holding"], body["data"].get("serves")} - {None})
        for _, leg, agency, post, officer, _ in after["work"]:
            given = post_scope(agency, post) if officer is None else officer_scope(officer)
            scopes.add(given)
            if leg is not None:
                scopes.add(agency_scope(agency))
        if body["act"] == "take_in":
            flow = declared(body["version"]).flow
            scopes.add(post_scope(snapshot.receiving_agency_id, flow.step[flow.start].post))
    if snapshot.applicant_id is not None:
        scopes.add(party_scope(snapshot.applicant_id))
    if grade == RESTRICTED:
        return {one for one in scopes if kind_of(one) is not ScopeKind.AGENCY}
    return scopes.union(agency_scope(one) for held in agencies for one in tree().chain(held))

"""Who sees a dossier's personal values in clear: the agencies that deal with it."""

from __future__ import annotations

from motcua.core.access.actors import Actor
from motcua.core.access.masks import has_clearance, shown_name
from motcua.core.dossiers.listing import Line
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.situation import Snapshot


def around(snapshot: Snapshot) -> tuple[int, ...]:
    """Give the agencies that hold a dossier, received it, and are asked about it now."""
    asked = (item.agency_id for item in snapshot.items)
    both = (snapshot.now.holding_agency_id, snapshot.receiving_agency_id, snapshot.desk_agency_id)
    return tuple(dict.fromkeys((*both, *asked)))


def is_clear(actor: Actor, snapshot: Snapshot) -> bool:
    """Tell whether an actor sees its personal values in clear."""
    return has_clearance(actor, agencies=around(snapshot), applicant_id=snapshot.applicant_id)


def name_in_list(actor: Actor, row: Dossier | Line) -> str:
    """Give the applicant's name as a list shows it to an actor; empty where nobody is named."""
    party = row.applicant
    if party is None:
        return ""
    return shown_name(party.kind, party.name, clearance=is_clear_in_list(actor, row))


def is_clear_in_list(actor: Actor, row: Dossier | Line) -> bool:
    """Tell the same of a row of a list, where open opinions are not read: those see the mask."""
    both = (row.holding_agency_id, row.receiving_agency_id)
    return has_clearance(actor, agencies=both, applicant_id=row.applicant_id)

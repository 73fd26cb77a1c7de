"""What every instance needs after its migrations: calendar, procedures, areas, addresses."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable

from django.conf import settings

from motcua.core.access.actors import house
from motcua.core.agencies.queries import in_force
from motcua.core.areas.importing import folder_of, import_areas, known
from motcua.core.clock.calendars import ensure_national
from motcua.core.ledger.append import append_to_house
from motcua.core.now import now
from motcua.core.official.delivery import RECEIVER, SENDER, address_of, sender_of
from motcua.core.procedures import actions
from motcua.core.procedures.encoding import declaration_of
from motcua.core.procedures.faults import NotPublishable
from motcua.core.procedures.models import Version
from motcua.core.procedures.systems import systems
from motcua.core.sql import act
from motcua.links.messages.addresses import look_up

FIRST_YEAR, LAST_YEAR = 2010, 2035
_ACTOR = house("setup").key
_log = logging.getLogger(__name__)


def ensure(at: datetime.datetime | None = None) -> tuple[str, ...]:
    """Make sure of what every instance needs; give the codes of procedures it published.

    Runs at every start, so it asks two questions of the database and does nothing when all is
    there. A procedure whose text no version holds is drafted, and published too where the
    procedure is new; a changed file of a known one stays a draft for an officer to look at, and
    with it a new one that needs the changed one in force.
    """
    ensure_national(
        settings.MOTCUA_COUNTRY,
        settings.TIME_ZONE,
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
    )
    connect_addresses()
    return _publish((lambda: at) if at else now, on_demand=False)


def publish_on_demand(at: datetime.datetime) -> tuple[str, ...]:
    """Publish the procedures that `ensure` leaves out; give the codes of those that were new."""
    return _publish(lambda: at, on_demand=True)


def ensure_areas(at: datetime.datetime | None = None) -> tuple[str, ...]:
    """Load the provinces of `MOTCUA_AREAS` whose files were not loaded last; give their codes.

    Runs at every start, so it asks one question for each folder. Raises what `import_areas` does.
    """
    folders = [folder_of(name.strip()) for name in settings.MOTCUA_AREAS if name.strip()]
    missing = [folder for folder in folders if not known(folder)]
    made = (import_areas(actor=_ACTOR, at=at or now(), folder=folder) for folder in missing)
    return tuple(one.province for one in made)


def _publish(at: Callable[[], datetime.datetime], *, on_demand: bool) -> tuple[str, ...]:
    unknown = _unknown_texts(on_demand=on_demand)
    found = (_load(system, text, at()) for system, text in unknown)
    return tuple(code for code in found if code is not None)


def connect_addresses() -> None:
    """Let notices to an agency find an address; needed in every process that sends them."""
    look_up("agency", address_of_agency)
    look_up(RECEIVER, address_of)
    look_up(SENDER, sender_of)


def address_of_agency(agency_id: int) -> str | None:
    """Give where an agency reads its notices: its records clerk, else who came first.

    Made-up officers have an address only where the whole instance is made up.
    """
    held = in_force(now().date()).filter(agency_id=agency_id).exclude(officer__email="")
    if not settings.MOTCUA_SAMPLE:
        held = held.filter(officer__sample=False)
    rows = held.order_by("id").values_list("post", "officer__email")
    found = sorted(rows, key=lambda row: row[0] != "clerk")
    return found[0][1] if found else None


def _unknown_texts(*, on_demand: bool) -> list[tuple[str, str]]:
    """Give system and text of each shipped procedure that no version was loaded from."""
    known = set(Version.objects.values_list("source", flat=True))
    return [
        (system.declaration.key, text)
        for system in systems()
        if system.declaration.on_demand is on_demand
        for text in system.procedures.values()
        if text not in known
    ]


def _load(system: str, text: str, at: datetime.datetime) -> str | None:
    with act() as tx:
        drafted = actions.seed(system=system, text=text, at=at)
        version = Version.objects.get(pk=drafted.version_id)
        if version.number > 1 or version.state != Version.State.DRAFT:
            return None
        try:
            published = actions.publish(version=version.pk, actor=_ACTOR, at=at)
        except NotPublishable as refused:
            _left(version, refused)
            return None
        append_to_house(tx, act="publish", at=at, actor=_ACTOR, data=published.told())
    return published.procedure


def _left(version: Version, refused: NotPublishable) -> None:
    """Leave a procedure a draft that waits for versions of others which are drafts here too.

    Any other fault is one of the file that was shipped, and ends the start.
    """
    declaration = declaration_of(version.body)
    if not declaration.parts:
        raise refused
    _log.warning("%s is left a draft: %s", declaration.code, refused)

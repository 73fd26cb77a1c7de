"""Acts on how a service is offered: its level, and who runs it where another body does."""

from __future__ import annotations

import datetime

from motcua.core.access.actors import Actor
from motcua.core.catalogue.actions import document_of, taken
from motcua.core.catalogue.levels import NAMES, fits
from motcua.core.catalogue.models import Listing, Referral, ReferredCount, ServiceLevel
from motcua.core.ledger.append import append_to_house, take_house
from motcua.core.procedures.declaration import Mark
from motcua.core.sql import act
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

_RUN_BY, _FILED_AT = 300, 500
_DAY = datetime.timedelta(1)
_MOST = 1_000_000_000


class UnknownLevel(Refused):
    """The law of that day knows no such level."""

    code = "catalogue.unknown_level"
    vi = "Ngày {day} không có mức “{level}”: trước 15/8/2022 là 1–4, từ đó là info, part, full."
    en = "On {day} there is no level “{level}”: 1–4 before 15/8/2022, then info, part, full."


class LevelBackwards(Refused):
    """A later level is known already."""

    code = "catalogue.level_backwards"
    vi = "Mục {key} đã có mức từ ngày {day}; chỉ ghi tiếp mức của ngày sau đó."
    en = "{key} has a level since {day}; only what comes after that can be added."
    status = 409


class RunsHere(Refused):
    """Who runs the service and where it is filed must both be said."""

    code = "catalogue.referral_empty"
    vi = "Ghi cơ quan vận hành dịch vụ và nơi nộp hồ sơ."
    en = "Say who runs the service and where it is filed."


class ReferralBackwards(Refused):
    """The day lies before the referral that stands."""

    code = "catalogue.referral_backwards"
    vi = "Mục {key} đã được dẫn chiếu từ ngày {day}; ngày mới phải sau ngày đó."
    en = "{key} has been referred since {day}; the new day must come after it."
    status = 409


class NotReferred(Refused):
    """No other body ran the service in that month."""

    code = "catalogue.not_referred"
    vi = "Tháng {month}, mục {key} không phải dịch vụ do nơi khác vận hành."
    en = "In {month}, {key} was not a service run elsewhere."
    status = 409


class CountImpossible(Refused):
    """A month that has not ended cannot be counted, nor anything below nothing."""

    code = "catalogue.count_impossible"
    vi = "Số {received} của tháng {month} không ghi được: tháng phải đã hết, số từ 0 trở lên."
    en = "{received} for {month} cannot be kept: the month must be over, the number 0 or more."


def set_level(
    *,
    actor: Actor,
    at: datetime.datetime,
    key: str,
    level: str,
    since: datetime.date,
    document: str,
) -> ServiceLevel:
    """Say the level of a service from a day on; the level before ends the day before.

    The same again changes nothing. Raises `UnknownListing`, `UnknownLevel`, `LevelBackwards` or
    `NoDocument`.
    """
    said = document_of(document)
    if level not in NAMES or not fits(level, since):
        raise UnknownLevel(level=level, day=f"{since:%d/%m/%Y}")
    with act() as tx:
        take_house(tx)
        listing = taken(key)
        before = listing.levels.order_by("-valid_from").filter(valid_to__isnull=True).first()
        if before is not None and (before.level, before.valid_from) == (level, since):
            return before
        _after_all(listing, since)
        if before is not None:
            before.valid_to = since - _DAY
            before.save(update_fields=["valid_to"])
        row = ServiceLevel.objects.create(
            listing=listing, level=level, valid_from=since, mark=Mark.CONFIRMED, source=said
        )
        data = {"key": key, "level": level, "since": since.isoformat(), "document": said}
        append_to_house(tx, act="catalogue_level", at=at, actor=actor.key, data=data)
    return row


def _after_all(listing: Listing, since: datetime.date) -> None:
    starts = [one.valid_from for one in listing.levels.all() if one.valid_from is not None]
    ends = [one.valid_to for one in listing.levels.all() if one.valid_to is not None]
    last = max([*starts, *ends], default=None)
    if last is not None and since <= last:
        raise LevelBackwards(key=listing.key, day=f"{last:%d/%m/%Y}")


def refer(
    *,
    actor: Actor,
    at: datetime.datetime,
    key: str,
    run_by: str,
    filed_at: str,
    since: datetime.date,
    document: str,
) -> Referral:
    """Say that another body runs the service from a day on, and where it is filed.

    The same again changes nothing. Raises `UnknownListing`, `RunsHere`, `ReferralBackwards` or
    `NoDocument`.
    """
    said = document_of(document)
    who, where = clean(run_by, limit=_RUN_BY), clean(filed_at, limit=_FILED_AT)
    if not who or not where:
        raise RunsHere
    with act() as tx:
        take_house(tx)
        listing = taken(key)
        before = listing.referrals.filter(valid_to__isnull=True).first()
        same = (who, where, since)
        if before is not None:
            if (before.run_by, before.filed_at, before.valid_from) == same:
                return before
            _end(before, key, since)
        row = Referral.objects.create(
            listing=listing, run_by=who, filed_at=where, valid_from=since, document=said
        )
        data = {"key": key, "run_by": who, "since": since.isoformat(), "document": said}
        append_to_house(tx, act="catalogue_refer", at=at, actor=actor.key, data=data)
    return row


def _end(before: Referral, key: str, since: datetime.date) -> None:
    if since <= before.valid_from:
        raise ReferralBackwards(key=key, day=f"{before.valid_from:%d/%m/%Y}")
    before.valid_to = since - _DAY
    before.save(update_fields=["valid_to"])


def count_received(
    *,
    actor: Actor,
    at: datetime.datetime,
    key: str,
    month: datetime.date,
    received: int,
    document: str,
) -> ReferredCount:
    """Keep how many dossiers a service run elsewhere received in a month, by its report.

    A correction is a new row: what was known when can be asked. The same again changes nothing.
    Raises `UnknownListing`, `NotReferred`, `CountImpossible` or `NoDocument`.
    """
    said = document_of(document)
    first = month.replace(day=1)
    last = (first + datetime.timedelta(32)).replace(day=1) - _DAY
    if not 0 <= received <= _MOST or last >= at.date():
        raise CountImpossible(received=received, month=f"{first:%m/%Y}")
    with act() as tx:
        take_house(tx)
        referral = _in(taken(key), first, last)
        standing = referral.counts.filter(month=first).order_by("recorded_at", "id").last()
        if standing is not None and (standing.received, standing.document) == (received, said):
            return standing
        row = ReferredCount.objects.create(
            referral=referral,
            month=first,
            received=received,
            document=said,
            recorded_at=at,
            recorded_by=actor.key,
        )
        data = {"key": key, "month": f"{first:%Y-%m}", "received": received, "document": said}
        append_to_house(tx, act="catalogue_count", at=at, actor=actor.key, data=data)
    return row


def _in(listing: Listing, first: datetime.date, last: datetime.date) -> Referral:
    rows = listing.referrals.filter(valid_from__lte=last).order_by("-valid_from")
    found = next((one for one in rows if one.valid_to is None or one.valid_to >= first), None)
    if found is None:
        raise NotReferred(key=listing.key, month=f"{first:%m/%Y}")
    return found

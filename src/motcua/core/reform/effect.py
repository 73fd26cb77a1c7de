"""A plan comes into force: agencies end and begin, posts, powers and competences move, at once.

All of it is one transaction and one entry of the house, so there is no moment at which an officer
has two seats or none. The dossiers follow one by one (`moving`).
"""

from __future__ import annotations

import datetime

from motcua.core.access.actors import house
from motcua.core.agencies.models import Agency, Appointment, Competence, Delegation, Heir
from motcua.core.agencies.queries import forget_tree, in_force
from motcua.core.ledger.append import append_to_house, take_house
from motcua.core.ledger.commitments import commitment
from motcua.core.reform.checking import faults_of
from motcua.core.reform.faults import NotYet
from motcua.core.reform.ground import Going, Ground
from motcua.core.reform.models import Reform
from motcua.core.reform.planning import dawn_of, reform, refuse
from motcua.core.reform.reading import read_plan
from motcua.core.reform.rules import Founding
from motcua.core.sql import Tx, act
from motcua.core.staff.standing_in import same_house

ACTOR = house("reform").key
IN_FORCE = "reform_in_force"


def come_into_force(*, at: datetime.datetime, reform_id: int) -> Reform:
    """Bring a plan into force on its day; one that is in force, or was undone, stays as it is.

    Raises `NotYet`, and `Invalid` with every fault that has come up since it was drawn up.
    """
    with act() as tx:
        take_house(tx)
        row = reform(reform_id)
        if row.state != Reform.State.PLANNED:
            return row
        order = read_plan(row.text)
        forget_tree()
        if at < dawn_of(order):
            raise NotYet(on=f"{order.on:%d/%m/%Y}")
        ground = Ground(order)
        refuse(faults_of(ground, but=row.pk))
        _Effect(ground, tx, at).write(row)
        row.state, row.in_force_at = Reform.State.IN_FORCE, at
        row.save(update_fields=["state", "in_force_at"])
    forget_tree()
    return row


class _Effect:
    """Writes what a plan means, and what the entry of the house tells of it."""

    def __init__(self, ground: Ground, tx: Tx, at: datetime.datetime) -> None:
        self.ground, self.tx, self.at = ground, tx, at
        self.on = ground.order.on
        self.ids = {code: node.id for code, node in ground.staying.items()}

    def write(self, row: Reform) -> None:
        """Write all of it."""
        ended = sorted(self.ground.codes)
        posts = [*self.ground.posts]  # read before they end
        Agency.objects.filter(pk__in=ended).update(valid_to=self.on)
        for one in self.ground.order.founds:
            self._found(one)
        heirs = self._heirs()
        moved = [told for going in posts if (told := self._move(going)) is not None]
        lent, bound = self._lend(posts)
        data: dict[str, object] = {
            "reform": row.pk,
            "on": self.on.isoformat(),
            "ended": ended,
            "heirs": heirs,
            "posts": moved,
            "lent": lent,
            "received": self._receive(),
        }
        append_to_house(
            self.tx, act=IN_FORCE, at=self.at, actor=ACTOR, data=data, commitments=bound
        )

    def _found(self, one: Founding) -> None:
        row = Agency.objects.create(
            code=one.code,
            code_102=one.code_102,
            tier=one.tier,
            name_vi=one.name_vi,
            name_en=one.name_en,
            short_name=one.short_name,
            parent_id=self.ids.get(one.parent),
            calendar=one.calendar,
            area=one.area,
            address=one.address,
            phone=one.phone,
            valid_from=self.on,
            source=self.ground.order.document,
        )
        self.ids[one.code] = row.pk
        data: dict[str, object] = {"agency": row.pk, "code": one.code, "tier": one.tier}
        data |= {"parent": one.parent, "receives": []}
        append_to_house(self.tx, act="found", at=self.at, actor=ACTOR, data=data)

    def _heirs(self) -> list[list[object]]:
        rows = [
            Heir(
                agency_id=self.ground.ending[ending].id,
                heir_id=self.ids[one.heir],
                procedure=procedure,
                area=area,
                since=self.on,
            )
            for one in self.ground.order.successions
            for ending, procedure, area in one.things()
        ]
        Heir.objects.bulk_create(rows)
        return [[row.agency_id, row.heir_id, row.procedure, row.area] for row in rows]

    def _move(self, going: Going) -> list[object]:
        """End a post, and begin it where it goes unless it is held there already."""
        row = going.appointment
        told = [row.officer_id, going.ending, row.post, row.valid_from.isoformat()]
        until = row.valid_to
        Appointment.objects.filter(pk=row.pk).update(valid_to=self.on)
        heir, post = going.to or ("", "")
        if not heir or self._holds(row.officer_id, heir, post):
            return [*told, None, None]
        Appointment.objects.create(
            officer_id=row.officer_id,
            agency_id=self.ids[heir],
            post=post,
            valid_from=self.on,
            valid_to=until,
            reads_agency=row.reads_agency,
        )
        return [*told, heir, post]

    def _holds(self, officer_id: int, heir: str, post: str) -> bool:
        held = Appointment.objects.filter(officer=officer_id, agency=self.ids[heir], post=post)
        return held.filter(valid_to=None).exists()

    def _lend(self, posts: list[Going]) -> tuple[list[object], list[str]]:
        """Powers that were lent end with the post and begin anew where it goes.

        Who took them and goes to another house has them no longer: they could not be lent there.
        """
        seats = {
            (one.appointment.officer_id, one.appointment.agency_id, one.appointment.post): one.to
            for one in posts
        }
        told: list[object] = []
        bound: list[str] = []
        forget_tree()  # the heirs may have begun a moment ago
        for row in [*self.ground.lent]:
            until, since = row.valid_to, max(row.valid_from, self.on)
            ends = max(row.valid_from, self.on)
            heir, post = seats.get((row.giver_id, row.agency_id, row.post)) or ("", "")
            Delegation.objects.filter(pk=row.pk).update(valid_to=ends)
            anew: list[object] = [row.pk, ends.isoformat(), None, row.absence_id, {}]
            if heir and until > since and self._is_near(row.taker_id, self.ids[heir]):
                row.pk, row.agency_id, row.post = None, self.ids[heir], post
                row.valid_from = since
                row.save(force_insert=True)
                anew[2], anew[4] = row.pk, row.told()
                bound.append(commitment(bytes(row.salt), row.document))
            told.append(anew)
        return told, bound

    def _is_near(self, taker_id: int, heir_id: int) -> bool:
        held = in_force(self.on).filter(officer=taker_id).values_list("agency_id", flat=True)
        return any(same_house(heir_id, one) for one in held)

    def _receive(self) -> list[list[object]]:
        """What an ending agency was named to receive, its heirs receive."""
        told: list[list[object]] = []
        for row in [*self.ground.competences]:
            ending = self.ground.codes[row.agency_id]
            Competence.objects.filter(pk=row.pk).update(valid_to=self.on)
            heirs = self.ground.heirs(ending, self.ground.procedures.get(row.procedure, 0))
            new = [self.ids[one] for one in heirs]
            there = Competence.objects.filter(procedure=row.procedure, valid_to=None)
            named = set(there.values_list("agency_id", flat=True))
            begun = [one for one in new if one not in named]
            for agency_id in begun:
                Competence.objects.create(
                    agency_id=agency_id, procedure=row.procedure, valid_from=self.on
                )
            told.append([row.agency_id, row.procedure, begun])
        return told

"""A paper was made: the house records its hash in the dossier's chain."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from motcua.core.access.actors import house
from motcua.core.dossiers import carrying
from motcua.core.dossiers.erased import refuse_erased
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.plan import Plan
from motcua.core.dossiers.situation import read
from motcua.core.files.store import Stored, record
from motcua.core.procedures.queries import declared
from motcua.core.sql import Sql, Tx, reading

_MADE = Sql(
    "UPDATE dossiers_paper SET file_id = %s, made_at = %s, made_seq = %s, edition = %s"
    " WHERE id = %s AND file_id IS NULL"
)


@dataclass(frozen=True, slots=True)
class Template:
    """What a paper was set with: the edition of its letter and the SHA-256 of the template."""

    letter: str
    edition: int
    digest: bytes


def paper_made(
    *, at: datetime.datetime, dossier_id: int, paper_id: int, template: Template, stored: Stored
) -> Done:
    """Write that the file of a paper is there; done again for the same paper, nothing changes."""
    return carrying.attempts(lambda: _once(at, dossier_id, paper_id, template, stored))


def _once(
    at: datetime.datetime, dossier_id: int, paper_id: int, template: Template, stored: Stored
) -> Done:
    snapshot = read(reading(), dossier_id)
    refuse_erased(snapshot)
    plan = Plan(
        at=at,
        snapshot=snapshot,
        declaration=declared(snapshot.version_id),
    )

    def fill_in(tx: Tx, planned: Plan) -> bool:
        file_id = record(tx, stored, at=at)
        seq = planned.snapshot.seq + 1
        return bool(tx.run(_MADE, file_id, at, seq, template.edition, paper_id))

    what = carrying.Act(
        name="paper",
        actor=house("documents"),
        recorded=at,
        files=(stored.sha256,),
        data=(
            ("letter", template.letter),
            ("edition", template.edition),
            ("template", template.digest.hex()),
        ),
        by_people=False,
        also=fill_in,
    )
    return carrying.carry_out(plan, what, None)

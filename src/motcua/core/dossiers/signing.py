"""Moves that carry a signature, and the fresh proof that they ask for."""

from __future__ import annotations

from motcua.core.access.actors import Actor
from motcua.core.dossiers.rules import acting_as, signs
from motcua.core.dossiers.situation import Snapshot
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.systems import system_of
from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import Move


class ProofNeeded(Refused):
    """The move signs, and the door has no fresh proof of who makes it."""

    code = "dossiers.proof_needed"
    vi = "Bước này là bước ký: nhập mã xác thực (chương trình cần khóa có phạm vi “sign”)."
    en = "This move signs: enter a code of your second factor (programs need the scope “sign”)."
    status = 403


def needs_proof(
    actor: Actor, move: Move, snapshot: Snapshot, declaration: Declaration, leg: int | None
) -> bool:
    """Tell whether this actor must prove who they are before they make this move."""
    if actor.proven:
        return False
    role = acting_as(move, actor, snapshot, leg)
    return role is not None and signs(move, role.post, system_of(declaration.system).signers)

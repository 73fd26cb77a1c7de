"""What goes to the outbox: the sentence a procedure declares, filled in when the act happens."""

from __future__ import annotations

from typing import Literal

from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.plan import Plan
from motcua.core.procedures.declaration import Text
from motcua.kernel.vietnamese import format_moment

Language = Literal["vi", "en"]

# Messages of the house itself, where a procedure declares none of that name.
_OWN = {
    "leg_cancelled": Text(
        "Hồ sơ {code}: không cần cho ý kiến nữa, hồ sơ đã chuyển bước.",
        "Dossier {code}: your opinion is no longer needed, the dossier has moved on.",
    )
}


def notice(plan: Plan, topic: str) -> dict[str, object]:
    """Give the payload of a message: subject and text, Vietnamese first, both languages."""
    said = plan.declaration.messages.get(topic) or _OWN[topic]
    name = plan.declaration.name
    number = plan.now.code or plan.snapshot.lookup
    return {
        "subject": f"{number}: {name.vi}"[:200],
        "text": f"{_filled(plan, said, 'vi')}\n\n{_filled(plan, said, 'en')}",
        "lookup": plan.snapshot.lookup,
    }


def _filled(plan: Plan, said: Text, language: Language) -> str:
    due = plan.now.promised_at or plan.now.due_at
    local = calendars[plan.calendar].local(due) if due else None
    return said.text(language).format(
        code=plan.now.code or plan.snapshot.lookup,
        lookup=plan.snapshot.lookup,
        due=format_moment(local, language) if local else "–",
    )

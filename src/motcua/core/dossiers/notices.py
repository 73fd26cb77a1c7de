"""What goes to the outbox: the sentence a procedure declares, filled in when the act happens."""

from __future__ import annotations

import datetime
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
    ),
    "work_given": Text(
        "Hồ sơ {code} được giao lại cho bạn. Mở “Việc của tôi” để xem hạn xử lý.",
        "Dossier {code} was given to you. See its deadline under “My work”.",
    ),
    "answer_reminder": Text(
        "Hồ sơ {code} còn chờ bạn bổ sung. Sau {answer_by}, hồ sơ chưa bổ sung sẽ bị trả lại.",
        "Dossier {code} still waits for your supplement. After {answer_by} it will be returned.",
    ),
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
    now = plan.now
    return said.text(language).format(
        code=now.code or plan.snapshot.lookup,
        lookup=plan.snapshot.lookup,
        due=_moment(plan, now.promised_at or now.due_at, language),
        answer_by=_moment(plan, now.answer_by, language),
    )


def _moment(plan: Plan, at: datetime.datetime | None, language: Language) -> str:
    return format_moment(calendars[plan.calendar].local(at), language) if at else "–"

"""What is sent when somebody is spoken to: that there are words, never the words themselves."""

from __future__ import annotations

from motcua.core.dossiers.situation import Snapshot
from motcua.core.dossiers.talked import ANSWER
from motcua.core.procedures.declaration import Declaration, Text

_ASKED = Text(
    "Hồ sơ {code}: cơ quan hỏi bạn một câu. Mở trang theo dõi hồ sơ để đọc và trả lời; thời hạn xử"
    " lý không đổi.",
    "Application {code}: the office asks you something. Read and answer it where you follow the"
    " application; its deadline does not change.",
)
_NAMED = Text(
    "Hồ sơ {code}: bạn được nhắc tới trong trao đổi.",
    "Dossier {code}: you are named in its conversation.",
)
_ANSWERED = Text(
    "Hồ sơ {code}: người nộp đã trả lời câu hỏi.",
    "Dossier {code}: the applicant has answered.",
)


def notice(
    snapshot: Snapshot, declaration: Declaration, kind: str, *, to_officer: bool
) -> dict[str, object]:
    """Give the payload of a message: subject and text, Vietnamese first."""
    said = _ASKED if not to_officer else _ANSWERED if kind == ANSWER else _NAMED
    code = snapshot.now.code or snapshot.lookup
    return {
        "subject": f"{code}: {declaration.name.vi}"[:200],
        "text": "\n\n".join(said.text(one).format(code=code) for one in ("vi", "en")),
        "lookup": snapshot.lookup,
    }

"""Trả kết quả: who took the result at the counter, and what they signed for it.

The words of the receiver are the remark of the act, so they are committed to the ledger, erased
with the dossier and shown behind its rights; the signature is a file of the act. Of an identity
paper only the last signs are kept: they tell papers apart and open nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from motcua.core.dossiers.talked import TALK
from motcua.core.procedures.declaration import Declaration, Text
from motcua.core.sql import Sql, Tx, marks
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.flow.definition import Kind, Move
from motcua.kernel.vietnamese import clean

RECEIPT = "result_receipt"
RECEIPT_NAME = Text("Ký nhận kết quả", "Receipt of the result")
SELF = "self"
RELATIONS = {
    SELF: Text("Chính người nộp", "The applicant"),
    "authorised": Text("Người được ủy quyền", "A person they authorised"),
    "representative": Text("Người đại diện theo pháp luật", "The legal representative"),
}
PAPERS = {
    "card": Text("Căn cước", "Identity card"),
    "passport": Text("Hộ chiếu", "Passport"),
    "letter": Text("Giấy ủy quyền, giấy giới thiệu", "Letter of authority or introduction"),
}
MOST_SIGNS = 6
_LEAD = "Người nhận kết quả: "
_NAME = 200
_REMARKS = (
    "SELECT dossier_id, text FROM dossiers_remark WHERE dossier_id IN ({})"
    f" AND kind NOT IN ({', '.join(repr(kind) for kind in TALK)}) ORDER BY id"
)


class ReceiverMissing(Refused):
    """Somebody else took the result, and nobody is named."""

    code = "dossiers.receiver_missing"
    vi = "Chưa ghi họ tên người nhận kết quả."
    en = "Enter the name of who took the result."


class RelationUnknown(Refused):
    """The relation of the receiver is none of those that are known."""

    code = "dossiers.relation_unknown"
    vi = "Chọn người nhận là ai."
    en = "Choose who the receiver is."


class TooManySigns(Refused):
    """More of an identity paper's number than is kept."""

    code = "dossiers.too_many_signs"
    vi = "Chỉ ghi {most} ký tự cuối của giấy tờ, gồm chữ và số."
    en = "Enter only the last {most} letters and digits of the paper."


class SignatureMissing(Refused):
    """The result goes into somebody's hands, and nothing was signed."""

    code = "dossiers.signature_missing"
    vi = "Cần chữ ký của người nhận: ký trên màn hình, tải ảnh giấy đã ký, hoặc gõ họ tên thay ký."
    en = (
        "The receiver signs: on the screen, on paper that is photographed, or by typing their name."
    )


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who took a result: their relation to the applicant, name, paper, and a name typed to sign."""

    relation: str
    name: str = ""
    paper: str = ""
    last: str = ""
    typed: str = ""

    def words(self, *, has_file: bool) -> str:
        """Give the words of the act; raises `Invalid` with every fault by `receiver.NAME`."""
        problems: dict[str, Refused] = {}
        if self.relation not in RELATIONS:
            problems["receiver.relation"] = RelationUnknown()
        name, typed = _cleaned("name", self.name, problems), _cleaned("typed", self.typed, problems)
        if not name and self.relation != SELF:
            problems.setdefault("receiver.name", ReceiverMissing())
        last = self.last.strip()
        if last and not (last.isalnum() and len(last) <= MOST_SIGNS):
            problems["receiver.last"] = TooManySigns(most=MOST_SIGNS)
        if not has_file and not typed:
            problems.setdefault("receiver.typed", SignatureMissing())
        if problems:
            raise Invalid(problems)
        return "\n".join(self._lines(name, last, typed))

    def _lines(self, name: str, last: str, typed: str) -> Iterable[str]:
        relation = RELATIONS[self.relation].vi
        yield _LEAD + (f"{name} ({relation.lower()})" if name else relation.lower())
        if self.paper in PAPERS:
            yield f"Giấy tờ: {PAPERS[self.paper].vi}{f', …{last}' if last else ''}"
        yield f"Ký nhận: gõ họ tên “{typed}”" if typed else "Ký nhận: chữ ký kèm theo"


def gives_result(move: Move, declaration: Declaration) -> bool:
    """Tell whether a move hands the result over: it goes forward to an end."""
    return move.kind is Kind.FORWARD and move.target in declaration.flow.end


def at_counter(move: Move, declaration: Declaration, post: str) -> bool:
    """Tell whether a result is handed over by whoever takes papers in, from hand to hand."""
    flow = declaration.flow
    return gives_result(move, declaration) and post == flow.step[flow.start].post


def receiver_in(words: str) -> str:
    """Give who took the result, out of the words of the act; empty where they tell nobody."""
    first = words.partition("\n")[0]
    return first.removeprefix(_LEAD) if first.startswith(_LEAD) else ""


def receivers_of(tx: Tx, dossiers: Iterable[int]) -> dict[int, str]:
    """Give who took the results of some dossiers, where it was written down."""
    asked = list(dossiers)
    if not asked:
        return {}
    rows = tx.all(Sql(_REMARKS.format(marks(len(asked)))), *asked)
    return {int(one): receiver_in(text) for one, text in rows if receiver_in(text)}


def _cleaned(field: str, text: str, problems: dict[str, Refused]) -> str:
    try:
        return clean(text, limit=_NAME)
    except Refused as refusal:
        problems[f"receiver.{field}"] = refusal
        return ""

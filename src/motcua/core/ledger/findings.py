"""What a check of the ledger may find, in both languages, under codes that never change."""

from __future__ import annotations

from dataclasses import dataclass

_KINDS: dict[str, tuple[str, str]] = {
    "ledger.body_changed": (
        "Nội dung bút toán không khớp mã băm của nó.",
        "The body of the entry does not match its hash.",
    ),
    "ledger.body_unreadable": (
        "Nội dung bút toán không đọc được.",
        "The body of the entry cannot be read.",
    ),
    "ledger.column_changed": (
        "Cột {column} của bút toán khác với nội dung được băm.",
        "The column {column} of the entry differs from the hashed body.",
    ),
    "ledger.link_broken": (
        "Bút toán không nối vào bút toán đứng trước.",
        "The entry is not linked to the one before it.",
    ),
    "ledger.entry_missing": (
        "Thiếu bút toán: sau số {after} là số {found}.",
        "Entries are missing: {after} is followed by {found}.",
    ),
    "ledger.entry_misplaced": (
        "Bút toán không nằm ở chỗ của dòng và số thứ tự mà nó ghi.",
        "The entry does not lie in the place of the stream and number that it states.",
    ),
    "ledger.entry_repeated": (
        "Hai bút toán cùng một số thứ tự.",
        "Two entries have the same place.",
    ),
    "ledger.unreadable": (
        "Sổ cái có chỗ hỏng, phần sau chỗ ấy chưa kiểm tra được: {reason}.",
        "The ledger is damaged and could not be checked beyond that place: {reason}.",
    ),
    "ledger.seal_unknown": (
        "Bút toán ghi niêm phong số {number} nhưng không có niêm phong ấy.",
        "The entry names seal {number}, which does not exist.",
    ),
    "ledger.seal_missing": (
        "Thiếu niêm phong: sau số {after} là số {found}.",
        "Seals are missing: {after} is followed by {found}.",
    ),
    "ledger.seal_changed": (
        "Niêm phong số {number}: {part} khác với nội dung được ký.",
        "Seal {number}: {part} differs from the signed statement.",
    ),
    "ledger.seal_signature": (
        "Niêm phong số {number}: chữ ký không đúng.",
        "Seal {number}: the signature is wrong.",
    ),
    "ledger.seal_key": (
        "Niêm phong số {number} được ký bằng khóa không phải của hệ thống này.",
        "Seal {number} is signed with a key that is not this house's.",
    ),
    "ledger.seal_link": (
        "Niêm phong số {number} không nối vào niêm phong đứng trước.",
        "Seal {number} is not linked to the one before it.",
    ),
    "ledger.seal_entries": (
        "Niêm phong số {number} có {size} bút toán nhưng chỉ tìm thấy đúng chỗ {found}.",
        "Seal {number} holds {size} entries, but only {found} stand in their places.",
    ),
    "ledger.seal_root": (
        "Niêm phong số {number}: các bút toán không còn cho ra gốc đã ký.",
        "Seal {number}: its entries no longer give the signed root.",
    ),
    "ledger.witness_differs": (
        "Niêm phong số {number} khác với bản mà {witness} giữ.",
        "Seal {number} differs from the one that {witness} holds.",
    ),
    "ledger.witness_ahead": (
        "{witness} giữ niêm phong số {number} mà sổ cái không có.",
        "{witness} holds seal {number}, which the ledger lacks.",
    ),
    "ledger.witness_gap": (
        "{witness} không còn giữ niêm phong số {number}.",
        "{witness} no longer holds seal {number}.",
    ),
    "ledger.witness_late": (
        "{count} niêm phong đã {seconds} giây chưa có nơi làm chứng nào giữ.",
        "{count} seals have been without a witness for {seconds} seconds.",
    ),
    "ledger.witness_unreachable": (
        "Không đọc được nơi làm chứng {witness}: {reason}.",
        "The witness {witness} cannot be read: {reason}.",
    ),
    "proof.format": (
        "Bằng chứng không đúng định dạng.",
        "The proof is not in the known format.",
    ),
    "proof.signature": (
        "Chữ ký trên niêm phong không đúng.",
        "The signature of the seal is wrong.",
    ),
    "proof.path": (
        "Bút toán không nằm trong niêm phong này.",
        "The entry is not in this seal.",
    ),
    "proof.key": (
        "Niêm phong được ký bằng khóa khác với khóa được tin.",
        "The seal is signed with another key than the trusted one.",
    ),
    "proof.file": (
        "Tệp này không có trong bút toán.",
        "This file is not among the files of the entry.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; `stream` and `seq` say where, if it has a place in a stream."""

    code: str
    vi: str
    en: str
    stream: int | None = None
    seq: int | None = None


def finding(
    code: str, *, stream: int | None = None, seq: int | None = None, **details: object
) -> Finding:
    """Give the finding of a code above, with its details in both sentences."""
    vi, en = _KINDS[code]
    return Finding(code, vi.format(**details), en.format(**details), stream, seq)


def differs(what: str, told: int, true: int) -> Finding:
    """Give the finding that a kept count is not what its rows come to."""
    return Finding(
        "state.count_differs",
        f"Số đếm {what} ghi {told}, đếm lại các dòng được {true}.",
        f"The count {what} says {told}; its rows come to {true}.",
    )

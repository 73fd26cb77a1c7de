"""`motcua verify FILE`: check a paper or a proof offline, without Django, database or network."""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from motcua.core.ledger.proof_check import FORMAT, Outcome, check_proof
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import format_date
from motcua.site.cli.output import add_json, as_json

_HEX_KEY = re.compile(r"[0-9a-f]{64}")
_KEY_BYTES = 32
_MAX_PROOF_BYTES = 4 * 1024 * 1024


class NoSuchFile(Refused):
    """A file that was named cannot be read."""

    code = "verify.no_such_file"
    vi = "Không đọc được tệp {path}."
    en = "The file {path} cannot be read."


class NoProof(Refused):
    """The paper has no proof beside it."""

    code = "verify.no_proof"
    vi = "Không thấy bằng chứng {path}; hãy tải nó cùng văn bản, hoặc chỉ ra bằng --proof."
    en = "There is no proof {path}; download it with the paper or name it with --proof."


class KeyUnreadable(Refused):
    """What was given as the city's key is not one."""

    code = "verify.key_unreadable"
    vi = "“{given}” không phải khóa: cần 64 chữ số hệ 16, hoặc tệp chứa khóa."
    en = "“{given}” is no key: give 64 hexadecimal digits or a file that holds them."


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked and what came out; `sha256` is None when only a proof was given."""

    file: Path
    proof: Path
    sha256: str | None
    outcome: Outcome

    def told(self) -> dict[str, object]:
        """Give plain values, with the sentences that people get."""
        vi, en = sentence(self)
        about = {"file": str(self.file), "proof": str(self.proof), "sha256": self.sha256}
        return {**about, **self.outcome.as_json(), "vi": vi, "en": en}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "file", type=Path, help="a paper with its .proof.json beside it; or a proof"
    )
    parser.add_argument("--proof", type=Path, help="the proof, where it lies elsewhere")
    parser.add_argument("--key", help="the city's public key: 64 hex digits, or a file with them")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Check, tell, and give 1 when anything is wrong."""
    key = read_key(options.key) if options.key else None
    checked = check(options.file, options.proof, key)
    if options.json:
        print(as_json(checked.told()))
    else:
        _print(checked)
    return 0 if checked.outcome.ok else 1


def check(file: Path, proof: Path | None, key: bytes | None) -> Checked:
    """Check a paper against its proof, or a proof alone.

    Raises `NoSuchFile` and `NoProof`; what is wrong with a proof is in the outcome.
    """
    data = _json(file) if proof is None else None
    if isinstance(data, dict) and data.get("format") == FORMAT:
        return Checked(file, file, None, check_proof(data, trusted_key=key))
    sha256 = _sha256(file)
    beside = proof or _beside(file)
    if not beside.is_file():
        raise NoProof(path=beside)
    outcome = check_proof(_json(beside), trusted_key=key, file_sha256=sha256)
    return Checked(file, beside, sha256, outcome)


def read_key(given: str) -> bytes:
    """Read 64 hexadecimal digits, or a file: the same digits, 32 raw bytes, or `key --json`."""
    text = given.strip().lower()
    if _HEX_KEY.fullmatch(text):
        return bytes.fromhex(text)
    try:
        raw = Path(given).read_bytes()
    except OSError as error:
        raise KeyUnreadable(given=given[:60]) from error
    if len(raw) == _KEY_BYTES:
        return raw
    found = _HEX_KEY.search(raw.decode("utf-8", "replace").lower())
    if found is None:
        raise KeyUnreadable(given=given[:60])
    return bytes.fromhex(found[0])


def sentence(checked: Checked) -> tuple[str, str]:
    """Say the whole answer in one sentence, Vietnamese and English."""
    outcome = checked.outcome
    if not outcome.ok:
        return "KHÔNG ĐÚNG: không tin được.", "WRONG: this is not to be trusted."
    vi, en = _subject(checked)
    when, when_en = _when(str(outcome.sealed_at))
    if outcome.trusted:
        return (
            f"ĐÚNG: {vi} có trong sổ cái của cơ quan, niêm phong lúc {when}.",
            f"RIGHT: {en} is in the city's ledger, sealed at {when_en}.",
        )
    unsure_vi = "khóa chưa được xác nhận là của cơ quan; hãy so với khóa cơ quan công bố (--key)"
    unsure_en = "the key is not confirmed as this city's; compare it with the published one (--key)"
    return (
        f"{vi} có trong một sổ cái niêm phong lúc {when} và chữ ký đúng, nhưng {unsure_vi}.",
        f"{en} is in a ledger sealed at {when_en} and the signature holds, but {unsure_en}.",
    )


def _subject(checked: Checked) -> tuple[str, str]:
    """Name what was checked: what somebody handed in is in the ledger too, but no city's paper."""
    if checked.sha256 is None:
        return "Bằng chứng này", "This proof"
    if checked.outcome.issued:
        return "Văn bản này do cơ quan lập và", "This paper was made by the city and"
    return (
        "Tệp này do người nộp đưa vào hồ sơ, không phải văn bản của cơ quan,",
        "This file was handed in, it is no paper of the city, and",
    )


def _when(sealed_at: str) -> tuple[str, str]:
    at = datetime.datetime.fromisoformat(sealed_at)
    clock = f"{at:%H:%M:%S}"
    return (
        f"{clock} ngày {format_date(at.date())} (giờ UTC)",
        f"{clock} UTC on {format_date(at.date(), 'en')}",
    )


def _print(checked: Checked) -> None:
    for line in sentence(checked):
        print(line)
    for problem in checked.outcome.problems:
        print(f"[{problem.code}] {problem.vi} / {problem.en}")
    if checked.sha256:
        print(f"SHA-256 {checked.sha256}")
    if checked.outcome.public_key:
        print(f"Ed25519 {checked.outcome.public_key}")


def _beside(file: Path) -> Path:
    """Find `paper.pdf.proof.json`, or `paper.proof.json` as the pages name a download."""
    longer, shorter = file.with_name(f"{file.name}.proof.json"), file.with_suffix(".proof.json")
    return shorter if shorter.is_file() and not longer.is_file() else longer


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise NoSuchFile(path=path) from error


def _json(path: Path) -> object:
    """Read JSON, None for anything else: a paper is no JSON, and a broken proof no proof."""
    try:
        if path.stat().st_size > _MAX_PROOF_BYTES:
            return None
        data: object = json.loads(path.read_bytes())
    except OSError as error:
        raise NoSuchFile(path=path) from error
    except (ValueError, RecursionError):
        return None
    return data

"""The offline check of a proof: no database, no Django, no network.

It shows that an entry, byte for byte, was under a root that the holder of the key signed. Whether
that key is the city's is for the reader to say (`trusted_key`, from a source of their own).
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motcua.core.ledger.findings import Finding, finding
from motcua.core.ledger.hashing import entry_hash, signed_bytes
from motcua.kernel import merkle

FORMAT = "motcua.proof.1"
_SEAL_FORMAT = "motcua.seal.1"
_KEYS = {"format", "body", "previous", "leaf", "path", "statement", "signature", "public_key"}
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SIGNATURE = re.compile(r"[0-9a-f]{128}", re.ASCII)
# It is shown to people: whoever signs with a key of their own shall not put words beside it.
_SEALED_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a proof shows. `ok` is the whole answer: intact, and nothing asked for was denied.

    `intact`: hash, path and signature hold. `trusted`: signed with the trusted key (None: none was
    given). `file_listed`: the file is among the entry's (None: none was asked for). `issued`: the
    entry tells that the house made its file; otherwise somebody handed it in. `public_key` is the
    signing key in hex; `sealed_at` what the seal states. These three are None unless intact.
    """

    ok: bool
    intact: bool
    trusted: bool | None
    file_listed: bool | None
    issued: bool | None
    public_key: str | None
    sealed_at: str | None
    problems: tuple[Finding, ...]

    def as_json(self) -> dict[str, object]:
        """Give plain values for `json.dumps`."""
        return asdict(self)


def check_proof(
    data: object, *, trusted_key: bytes | None = None, file_sha256: str | None = None
) -> Outcome:
    """Check a proof as read from JSON. Never raises: what can't be read is a problem too.

    `trusted_key` is the 32-byte Ed25519 key of the city, `file_sha256` the hex digest of a file.
    """
    problem = _first_problem(data)
    if problem or not isinstance(data, dict):
        return _outcome({}, [finding(problem or "proof.format")], trusted=None, listed=None)
    trusted = None if trusted_key is None else data["public_key"] == trusted_key.hex()
    listed = None if file_sha256 is None else file_sha256.lower() in _files(data["body"])
    denied = [("proof.key", trusted), ("proof.file", listed)]
    problems = [finding(code) for code, answer in denied if answer is False]
    return _outcome(data, problems, trusted=trusted, listed=listed)


def _outcome(
    data: dict[str, Any], problems: list[Finding], *, trusted: bool | None, listed: bool | None
) -> Outcome:
    return Outcome(
        ok=not problems,
        intact=bool(data),
        trusted=trusted,
        file_listed=listed,
        issued=_issued(data["body"]) if data else None,
        public_key=data.get("public_key"),
        sealed_at=json.loads(data["statement"])["sealed_at"] if data else None,
        problems=tuple(problems),
    )


def _first_problem(data: object) -> str | None:
    if not isinstance(data, dict) or not _well_formed(data):
        return "proof.format"
    try:
        if not _signature_holds(data):
            return "proof.signature"
        return None if _path_holds(data) else "proof.path"
    except (ValueError, LookupError, TypeError, RecursionError):
        return "proof.format"


def _well_formed(data: dict[str, Any]) -> bool:
    """Accept one spelling only (lower-case hex, no other key): no byte is without effect."""
    if set(data) != _KEYS or data["format"] != FORMAT or type(data["leaf"]) is not int:
        return False
    if not isinstance(data["path"], list) or not isinstance(data["body"], str):
        return False
    hashes = (data["previous"], data["public_key"], *data["path"])
    return (
        isinstance(data["statement"], str)
        and all(_matches(_HASH, value) for value in hashes)
        and _matches(_SIGNATURE, data["signature"])
    )


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _signature_holds(data: dict[str, Any]) -> bool:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(data["public_key"]))
    try:
        key.verify(bytes.fromhex(data["signature"]), signed_bytes(data["statement"]))
    except InvalidSignature:
        return False
    return True


def _path_holds(data: dict[str, Any]) -> bool:
    seal = json.loads(data["statement"])
    if seal["format"] != _SEAL_FORMAT or not _matches(_SEALED_AT, seal["sealed_at"]):
        return False
    entry = entry_hash(bytes.fromhex(data["previous"]), data["body"].encode())
    path = [bytes.fromhex(sibling) for sibling in data["path"]]
    return seal["key"] == data["public_key"] and merkle.verify_inclusion(
        merkle.leaf_hash(entry), data["leaf"], seal["size"], path, bytes.fromhex(seal["root"])
    )


def _files(body: str) -> list[object]:
    files = _entry(body).get("files")
    return files if isinstance(files, list) else []


def _issued(body: str) -> bool:
    told = _entry(body)
    return told.get("act") == "paper" and str(told.get("actor")).startswith("system:")


def _entry(body: str) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}

"""Whether a signed file is what it claims: whose signatures, whole, unchanged, trusted, in order.

The file is looked at as anybody outside would: by its bytes and the roots that this house trusts.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from motcua.core.official.pades import AGENCY, PERSONAL
from motcua.core.official.revocation import Standing, standing


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp of a third party: when, whose, and whether it is intact and trusted."""

    at: datetime.datetime
    name: str
    good: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: whose, when, whether its bytes are intact, who vouches for it.

    `whole`: it covers the file to its end, or what came later only filled in what it allowed.
    """

    field: str
    name: str
    organisation: str
    at: datetime.datetime | None
    intact: bool
    whole: bool
    trusted: bool
    stamp: Stamp | None = None
    standing: Standing = Standing.UNCHECKED

    @property
    def good(self) -> bool:
        """Tell whether nothing speaks against it; what was not checked is told beside it."""
        stamped = self.stamp is None or self.stamp.good
        seen = self.intact and self.whole and self.trusted
        return seen and stamped and self.standing is not Standing.REVOKED


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file shows; `missing` are fields that bear no signature, `unreadable` says it all.

    `asked` are the signatures that it should bear, in their order.
    """

    sha256: str
    signatures: tuple[Signature, ...] = ()
    missing: tuple[str, ...] = ()
    unreadable: bool = False
    asked: tuple[str, ...] = (PERSONAL, AGENCY)

    @property
    def good(self) -> bool:
        """Tell whether all signatures are there, in order, and nothing speaks against any."""
        made = tuple(one.field for one in self.signatures)
        return made == self.asked and all(one.good for one in self.signatures)


def validate(
    body: bytes,
    *,
    roots: Sequence[bytes],
    at: datetime.datetime,
    fields: Sequence[str] = (PERSONAL, AGENCY),
) -> Verdict:
    """Look at a file; `fields` are the signatures that it should bear."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    digest = hashlib.sha256(body).hexdigest()
    try:
        reader = PdfFileReader(BytesIO(body))
        embedded = list(reader.embedded_signatures)
        found = tuple(_looked_at(one, roots, at) for one in embedded)
    except Exception:  # noqa: BLE001 - a broken file breaks its reader anywhere
        return Verdict(digest, missing=tuple(fields), unreadable=True, asked=tuple(fields))
    named = {one.field for one in found}
    missing = tuple(one for one in fields if one not in named)
    return Verdict(digest, found, missing, asked=tuple(fields))


def _looked_at(embedded: Any, roots: Sequence[bytes], at: datetime.datetime) -> Signature:  # noqa: ANN401
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    subject = embedded.signer_cert.subject.native
    status = validate_pdf_signature(embedded, signer_validation_context=_context(roots, at))
    covers = status.coverage
    whole = covers == SignatureCoverageLevel.ENTIRE_FILE or (
        covers == SignatureCoverageLevel.ENTIRE_REVISION
        and status.modification_level in {ModificationLevel.NONE, ModificationLevel.FORM_FILLING}
        and bool(status.docmdp_ok)
    )
    return Signature(
        field=embedded.field_name,
        name=str(subject.get("common_name", "")),
        organisation=str(subject.get("organization_name", "")),
        at=embedded.self_reported_timestamp,
        intact=status.intact and status.valid,
        whole=whole,
        trusted=status.trusted,
        stamp=(stamp := _stamp(status.timestamp_validity)),
        standing=_standing(embedded, roots, at, stamp) if status.trusted else Standing.UNCHECKED,
    )


def _stamp(told: Any) -> Stamp | None:  # noqa: ANN401 - pyHanko has no types
    if told is None:
        return None
    name = str(told.signing_cert.subject.native.get("common_name", ""))
    return Stamp(told.timestamp, name, bool(told.intact and told.valid and told.trusted))


def _standing(
    embedded: Any,  # noqa: ANN401 - pyHanko has no types
    roots: Sequence[bytes],
    at: datetime.datetime,
    stamp: Stamp | None,
) -> Standing:
    """Look a trusted certificate up in the lists that it names."""
    others = [*(one.dump() for one in embedded.other_embedded_certs), *roots]
    signed_at = stamp.at if stamp is not None and stamp.good else None
    return standing(embedded.signer_cert.dump(), others, at=at, signed_at=signed_at)


def _context(roots: Sequence[bytes], at: datetime.datetime) -> Any:  # noqa: ANN401
    from asn1crypto import x509  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    trusted = [x509.Certificate.load(one) for one in roots]
    return ValidationContext(trust_roots=trusted, allow_fetching=False, moment=at)

"""Whether a certificate was revoked, by the lists (CRL) that it and those above it name.

A list that cannot be had, is out of date or not signed by who should have makes nothing good: the
answer is then that it was not checked. OCSP is not asked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import rsa

from motcua.core.official.signing import lists

_DEEPEST = 6  # certificates above one another


class Standing(StrEnum):
    """What the lists say of a certificate."""

    GOOD = "good"
    REVOKED = "revoked"
    UNCHECKED = "unchecked"


def standing(
    certificate: bytes,
    others: Sequence[bytes],
    *,
    at: datetime.datetime,
    signed_at: datetime.datetime | None,
) -> Standing:
    """Tell what became of a certificate by `at`; `others` are those above it, with the roots.

    `signed_at` is an instant that a third party vouches for, or None: what was revoked later than
    that did sign in force.
    """
    known = [x509.load_der_x509_certificate(one) for one in others]
    own = x509.load_der_x509_certificate(certificate)
    found = {_by_list(one, above, at, signed_at) for one, above in _path(own, known)}
    for worst in (Standing.REVOKED, Standing.UNCHECKED):
        if worst in found:
            return worst
    return Standing.GOOD if found else Standing.UNCHECKED


def _path(
    own: x509.Certificate, known: Sequence[x509.Certificate]
) -> Iterator[tuple[x509.Certificate, x509.Certificate | None]]:
    """Give each certificate with the one above it, up to a root, which is above itself."""
    for _step in range(_DEEPEST):
        if own.issuer == own.subject:
            return
        above = next((one for one in known if _vouches(one, own)), None)
        yield own, above
        if above is None:
            return
        own = above


def _vouches(above: x509.Certificate, own: x509.Certificate) -> bool:
    try:
        own.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _by_list(
    own: x509.Certificate,
    above: x509.Certificate | None,
    at: datetime.datetime,
    signed_at: datetime.datetime | None,
) -> Standing:
    kept = _list_of(own, above, at) if above is not None else None
    if kept is None:
        return Standing.UNCHECKED
    entry = kept.get_revoked_certificate_by_serial_number(own.serial_number)
    if entry is None or (signed_at is not None and entry.revocation_date_utc > signed_at):
        return Standing.GOOD
    return Standing.REVOKED


def _list_of(
    own: x509.Certificate, above: x509.Certificate, at: datetime.datetime
) -> x509.CertificateRevocationList | None:
    """Give the list that holds for a certificate, if any that it names is to be had and good."""
    fetching, key = lists(), above.public_key()
    if fetching is None or not isinstance(key, rsa.RSAPublicKey):
        return None
    for address in _addresses(own):
        body = fetching.fetch(address)
        kept = _read(body) if body else None
        if (
            kept is not None
            and kept.issuer == above.subject
            and kept.is_signature_valid(key)
            and (kept.next_update_utc is None or kept.next_update_utc >= at)
        ):
            return kept
    return None


def _read(body: bytes) -> x509.CertificateRevocationList | None:
    try:
        if body.startswith(b"-----BEGIN"):
            return x509.load_pem_x509_crl(body)
        return x509.load_der_x509_crl(body)
    except ValueError:
        return None


def _addresses(own: x509.Certificate) -> list[str]:
    try:
        points = own.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    names = [name for one in points for name in one.full_name or ()]
    return [str(one.value) for one in names if isinstance(one, x509.UniformResourceIdentifier)]

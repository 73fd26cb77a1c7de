"""Who makes signatures: a service outside (links), connected by the composition root.

Private keys never lie with us but in the sample city: a service keeps them, is given the SHA-256 of
what is signed and gives the signature.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from motcua.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose key it is: `officer:12` or `agency:5`, the name, and the agency they sign for."""

    key: str
    name: str
    organisation: str


class Signatory(Protocol):
    """Makes signatures with keys that it holds; each call may be repeated."""

    def certificates(self, holder: Holder) -> list[bytes]:
        """Give the certificate of a holder and those above it, the root left out, as DER.

        Raises `NoCertificate` and `ServiceSilent`.
        """
        ...

    def sign(self, holder: Holder, digest: bytes) -> bytes:
        """Sign the SHA-256 of something (RSA, PKCS #1 v1.5). Raises as `certificates` does."""
        ...

    def trusted(self) -> list[bytes]:
        """Give the root certificates that this house trusts, as DER."""
        ...


class Stamps(Protocol):
    """A time stamping authority (RFC 3161)."""

    def stamp(self, request: bytes) -> bytes:
        """Give the answer to a request, both as DER. Raises `ServiceSilent`."""
        ...


class Lists(Protocol):
    """Where lists of revoked certificates are fetched."""

    def fetch(self, address: str) -> bytes | None:
        """Give the list at an address that a trusted certificate names; None: not to be had."""
        ...


class NoCertificate(Refused):
    """The service has no certificate in force for this holder, or refuses to use it."""

    code = "official.no_certificate"
    vi = "Dịch vụ chữ ký số không có chứng thư số còn hiệu lực của {holder}."
    en = "The signing service has no certificate in force for {holder}."


class ServiceSilent(Refused):
    """The signing service does not answer."""

    code = "official.service_silent"
    vi = "Dịch vụ chữ ký số chưa trả lời; hệ thống sẽ tự ký lại sau."
    en = "The signing service does not answer; the house will try again by itself."
    status = 503
    retry = True


class NoService(Refused):
    """No signing service is connected to this house."""

    code = "official.no_service"
    vi = "Chưa kết nối dịch vụ chữ ký số (đặt MOTCUA_SIGNING)."
    en = "No signing service is connected (set MOTCUA_SIGNING)."
    status = 503


_service: list[Signatory] = []


def sign_with(service: Signatory | None) -> None:
    """Let this service make all signatures from now on; None: nobody."""
    _service[:] = [] if service is None else [service]


def service() -> Signatory:
    """Give the connected service; raises `NoService`."""
    if not _service:
        raise NoService
    return _service[0]


_stamps: list[Stamps] = []
_lists: list[Lists] = []


def stamp_with(stamps: Stamps | None) -> None:
    """Let every signature from now on bear a stamp of this authority; None: of nobody."""
    _stamps[:] = [] if stamps is None else [stamps]


def stamps() -> Stamps | None:
    """Give the connected time stamping authority, if there is one."""
    return _stamps[0] if _stamps else None


def look_up_in(lists: Lists | None) -> None:
    """Let lists of revoked certificates be fetched so; None: not at all."""
    _lists[:] = [] if lists is None else [lists]


def lists() -> Lists | None:
    """Give what fetches lists of revoked certificates, if anything does."""
    return _lists[0] if _lists else None

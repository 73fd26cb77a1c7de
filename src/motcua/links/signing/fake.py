"""A signing service of the sample city's own: it makes certificates for whoever asks.

Its root and the keys lie in the folder `test-ca` of `settings.MOTCUA_KEYS`, made on first use, each
locked with a passphrase that is a key of its own (`core/secrets`). Every certificate says that it
is a trial one, and nobody outside trusts its root.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.x509.oid import NameOID
from django.conf import settings

from motcua.core.closed import closed
from motcua.core.secrets import key, write_once
from motcua.links.signing.port import Finding, Holder

_BITS = 2048
_FROM = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
_TO = datetime.datetime(2050, 1, 1, tzinfo=datetime.UTC)
_ROOT = Holder("root", "CA thử nghiệm Motcua (không có giá trị)", "Dữ liệu mẫu")

Pair = tuple[rsa.RSAPrivateKey, x509.Certificate]


class TestAuthority:
    """Keys and certificates in a folder; every process of the house sees the same ones."""

    __test__ = False  # no test, whatever its name

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(settings.MOTCUA_KEYS) / "test-ca"

    def certificates(self, holder: Holder) -> list[bytes]:
        """Give the certificate of a holder, made if there is none."""
        return [_der(self._pair(holder)[1])]

    def sign(self, holder: Holder, digest: bytes) -> bytes:
        """Sign a SHA-256."""
        own = self._pair(holder)[0]
        return own.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))

    def trusted(self) -> list[bytes]:
        """Give the root of this authority."""
        return [_der(self._root()[1])]

    def check(self, at: datetime.datetime) -> list[Finding]:  # noqa: ARG002 - the shape of a look
        """Say that signatures here are worth nothing."""
        return [
            Finding(
                code="signing.sample",
                ok=True,
                vi="Bản mẫu: chữ ký số do CA thử nghiệm của chính hệ thống tạo, không có giá trị",
                en="Sample: signatures are made by a trial authority of this house, worth nothing",
            )
        ]

    def _root(self) -> Pair:
        return self._kept(_ROOT, None)

    def _pair(self, holder: Holder) -> Pair:
        return self._kept(holder, self._root())

    def _kept(self, holder: Holder, above: Pair | None) -> Pair:
        path = self._folder / f"{holder.key.replace(':', '-')}.pem"
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_once(path, _made(holder, above))
        return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int) -> Pair:
    body = closed(path).read_bytes()
    own = serialization.load_pem_private_key(body, _passphrase())
    assert isinstance(own, rsa.RSAPrivateKey)
    return own, x509.load_pem_x509_certificate(body)


def _made(holder: Holder, above: Pair | None) -> bytes:
    """Make a key and its certificate, signed by itself or by the one above, as PEM."""
    own = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    subject = _name(holder)
    issuer = above[1].subject if above else subject
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_TO)
        .add_extension(x509.BasicConstraints(ca=above is None, path_length=None), critical=True)
        .add_extension(_usage(is_root=above is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .sign(above[0] if above else own, hashes.SHA256())
    )
    locked = own.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(_passphrase()),
    )
    return locked + certificate.public_bytes(serialization.Encoding.PEM)


def _name(holder: Holder) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, holder.organisation[:64]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Chứng thư thử nghiệm"),
            x509.NameAttribute(NameOID.COMMON_NAME, holder.name[:64]),
        ]
    )


def _usage(*, is_root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )


def _passphrase() -> bytes:
    return key("test-ca").hex().encode()


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)

"""A signing service in memory, for tests: a root and a key for each holder."""

from __future__ import annotations

import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.x509.oid import NameOID

from motcua.core.official.signing import Holder, NoCertificate

FROM = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
TO = datetime.datetime(2040, 1, 1, tzinfo=datetime.UTC)


class Authority:
    """Keys and certificates; who is in `refused` has none."""

    def __init__(self, name: str = "CA thử"):
        self.key = _key()
        self.root = self._certificate(Holder("root", name, name), self.key, None)
        self.made = {}
        self.refused = set()

    def certificates(self, holder: Holder) -> list[bytes]:
        return [_der(self._pair(holder)[1])]

    def sign(self, holder: Holder, digest: bytes) -> bytes:
        key = self._pair(holder)[0]
        return key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))

    def trusted(self) -> list[bytes]:
        return [_der(self.root)]

    def make(self, holder: Holder, *more):
        """Make a key and a certificate with more extensions, each with whether it is critical."""
        key = _key()
        return key, self._certificate(holder, key, self.root, more)

    def _pair(self, holder: Holder):
        if holder.key in self.refused:
            raise NoCertificate(holder=holder.name)
        if holder.key not in self.made:
            key = _key()
            self.made[holder.key] = key, self._certificate(holder, key, self.root)
        return self.made[holder.key]

    def _certificate(self, holder: Holder, key, above, more=()) -> x509.Certificate:
        attributes = [(NameOID.ORGANIZATION_NAME, holder.organisation)]
        attributes.append((NameOID.COMMON_NAME, holder.name))
        name = x509.Name([x509.NameAttribute(*one) for one in attributes])
        usage = dict.fromkeys(_USAGES, False)
        usage |= {"digital_signature": True, "content_commitment": True}
        usage |= {"key_cert_sign": above is None, "crl_sign": above is None}
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(above.subject if above else name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(FROM)
            .not_valid_after(TO)
            .add_extension(x509.BasicConstraints(ca=above is None, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(**usage), critical=True)
        )
        for one, critical in more:
            made = made.add_extension(one, critical=critical)
        return made.sign(self.key, hashes.SHA256())


_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
    "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)

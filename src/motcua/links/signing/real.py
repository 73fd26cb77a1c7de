"""A signing service of key files: PKCS #12, as authorities give them out, one for each holder.

The folder that `MOTCUA_SIGNING` names holds `officer-12.p12` and `agency-5.p12`, each with the
certificates above it, `roots.pem` with the roots that this house trusts, and `passphrase` that
opens the files. All of it is closed to strangers on the machine, or refused.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import pkcs12

from motcua.core.closed import closed
from motcua.links.signing.port import Finding, Holder, NoCertificate, ServiceSilent

Opened = tuple[rsa.RSAPrivateKey, list[x509.Certificate]]


class KeyFiles:
    """Signs with the key files of a folder; what is put there is seen at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def certificates(self, holder: Holder) -> list[bytes]:
        """Give the certificate of a holder and those above it, the root left out."""
        roots = set(self.trusted())
        found = [one.public_bytes(serialization.Encoding.DER) for one in self._opened(holder)[1]]
        return [one for one in found if one not in roots]

    def sign(self, holder: Holder, digest: bytes) -> bytes:
        """Sign a SHA-256."""
        own = self._opened(holder)[0]
        return own.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))

    def trusted(self) -> list[bytes]:
        """Give the roots that the house trusts."""
        try:
            found = x509.load_pem_x509_certificates((self._folder / "roots.pem").read_bytes())
        except (OSError, ValueError) as error:
            raise ServiceSilent from error
        return [one.public_bytes(serialization.Encoding.DER) for one in found]

    def check(self, at: datetime.datetime) -> list[Finding]:
        """Tell whether every key file opens and is in force for a month to come."""
        soon = at + datetime.timedelta(days=30)
        files = sorted(self._folder.glob("*.p12"))
        bad = [one.stem for one in files if not self._lasts(one, soon)]
        try:
            self.trusted()
        except ServiceSilent:
            bad.append("roots.pem")
        vi, en = f"{len(files)} tệp khóa ký số dùng được", f"{len(files)} key files can be used"
        if bad:
            named = ", ".join(bad)
            vi = f"Tệp khóa ký số không mở được hoặc sắp hết hạn: {named}"
            en = f"Key files that do not open or end within a month: {named}"
        return [Finding(code="signing.key_files", ok=not bad and bool(files), vi=vi, en=en)]

    def _lasts(self, path: Path, until: datetime.datetime) -> bool:
        try:
            return self._read(path)[1][0].not_valid_after_utc > until
        except (OSError, ValueError):
            return False

    def _opened(self, holder: Holder) -> Opened:
        path = self._folder / f"{holder.key.replace(':', '-')}.p12"
        try:
            return self._read(path)
        except FileNotFoundError as error:
            raise NoCertificate(holder=holder.name) from error
        except (OSError, ValueError) as error:
            raise ServiceSilent from error

    def _read(self, path: Path) -> Opened:
        secret = closed(self._folder / "passphrase").read_text(encoding="utf-8").strip()
        return _load(closed(path), path.stat().st_mtime_ns, secret)


@lru_cache(maxsize=256)
def _load(path: Path, _changed: int, secret: str) -> Opened:
    """Open a key file; raises `ValueError` for a wrong passphrase or no RSA key."""
    own, first, others = pkcs12.load_key_and_certificates(path.read_bytes(), secret.encode())
    if not isinstance(own, rsa.RSAPrivateKey) or first is None:
        raise ValueError(path.name)
    return own, [first, *others]

"""Files under a passphrase: scrypt for the key, AES-256-GCM in chunks, so that memory stays small.

A chunk's nonce counts it and says whether it is the last one, so a file that was cut off, reordered
or put under another name does not open. Every file has a key of its own (HKDF over a random salt),
which is why the nonces may begin at 0 in each.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from motcua.kernel.errors import Refused

SALT_BYTES = 16
CHUNK = 1 << 20
_TAG = 16
_SCRYPT = {"length": 32, "n": 1 << 15, "r": 8, "p": 1}  # 32 MiB, about a tenth of a second
_FORMAT = b"motcua.sealed_file.1\n"
_SHORTEST = 12


class PassphraseUnreadable(Refused):
    """The file with the passphrase cannot be read."""

    code = "backups.passphrase_unreadable"
    vi = "Không đọc được tệp mật khẩu {file}: {reason}."
    en = "The passphrase file {file} cannot be read: {reason}."


class PassphraseTooShort(Refused):
    """A short passphrase can be guessed by whoever holds the archive."""

    code = "backups.passphrase_short"
    vi = "Mật khẩu của bản sao lưu phải dài ít nhất {least} ký tự."
    en = "The passphrase of an archive has at least {least} characters."


class PassphraseWrong(Refused):
    """The passphrase is not the one under which the archive was made."""

    code = "backups.passphrase_wrong"
    vi = "Mật khẩu không đúng với bản sao lưu này."
    en = "This is not the passphrase of this archive."


class SealedFileBroken(Refused):
    """An encrypted file was changed, cut off, or stands under another's name."""

    code = "backups.sealed_file_broken"
    vi = "Tệp mã hóa {name} của bản sao lưu đã hỏng hoặc bị sửa."
    en = "The encrypted file {name} of the archive is damaged or was changed."


def passphrase(file: Path) -> str:
    """Read a passphrase, the first line of a file. Raises a refusal that says what is wrong."""
    try:
        text = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PassphraseUnreadable(file=file, reason=error) from error
    if not text or len(text[0]) < _SHORTEST:
        raise PassphraseTooShort(least=_SHORTEST)
    return text[0]


@dataclass(frozen=True, slots=True)
class Lock:
    """A passphrase with its salt, worked out into a key."""

    salt: bytes
    _key: bytes

    @classmethod
    def of(cls, words: str, salt: bytes | None = None) -> Lock:
        """Work the key out of a passphrase; without a salt a new one is drawn."""
        salt = salt or secrets.token_bytes(SALT_BYTES)
        return cls(salt, Scrypt(salt=salt, **_SCRYPT).derive(words.encode()))

    def check(self) -> str:
        """Give what tells a right passphrase from a wrong one, and nothing else."""
        return hmac.digest(self._key, b"check", "sha256").hex()

    def hidden(self, name: str) -> str:
        """Give the name of a file under the lock: its content's hash would betray known files."""
        return hmac.digest(self._key, b"name\n" + name.encode(), "sha256").hex()

    def stamp(self, text: bytes) -> str:
        """Give the code that proves a text was written by who knew the passphrase."""
        return hmac.digest(self._key, b"stamp\n" + text, "sha256").hex()

    def shut(self, name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Encrypt a file that stands under `name`."""
        salt = secrets.token_bytes(SALT_BYTES)
        cipher, told = self._cipher(salt), name.encode()
        yield _FORMAT + salt
        before = b""
        number = 0
        for chunk in _even(chunks):
            if before:
                yield cipher.encrypt(_nonce(number, last=False), before, told)
                number += 1
            before = chunk
        yield cipher.encrypt(_nonce(number, last=True), before, told)

    def open(self, name: str, path: Path) -> Iterator[bytes]:
        """Decrypt a file; raises `SealedFileBroken` at the first chunk that is not as written."""
        with path.open("rb") as file:
            head = file.read(len(_FORMAT) + SALT_BYTES)
            if not head.startswith(_FORMAT) or len(head) < len(_FORMAT) + SALT_BYTES:
                raise SealedFileBroken(name=name)
            cipher, number = self._cipher(head[len(_FORMAT) :]), 0
            chunk = file.read(CHUNK + _TAG)
            while True:
                following = file.read(CHUNK + _TAG)
                nonce = _nonce(number, last=not following)
                try:
                    yield cipher.decrypt(nonce, chunk, name.encode())
                except (InvalidTag, ValueError) as error:
                    raise SealedFileBroken(name=name) from error
                if not following:
                    return
                chunk, number = following, number + 1

    def _cipher(self, salt: bytes) -> AESGCM:
        return AESGCM(HKDF(SHA256(), length=32, salt=salt, info=b"file").derive(self._key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _even(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut into chunks of one length; only the last may be shorter."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= CHUNK:
            yield bytes(held[:CHUNK])
            del held[:CHUNK]
    if held:
        yield bytes(held)

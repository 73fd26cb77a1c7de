"""The trial authority: one key a holder, whoever asks, and none that strangers could read."""

from __future__ import annotations

import datetime
import hashlib
import stat
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from motcua.core.official import signing
from motcua.links.signing import connect
from motcua.links.signing.fake import TestAuthority
from motcua.links.signing.port import Holder

OFFICER = Holder("officer:7", "Đỗ Thị Mẫu", "Sở Mẫu")
DIGEST = hashlib.sha256(b"x").digest()


@pytest.fixture
def authority(tmp_path, settings):
    settings.MOTCUA_KEYS = tmp_path
    return TestAuthority()


def test_what_it_signs_is_verified_by_its_certificate(authority):
    [body] = authority.certificates(OFFICER)
    own = x509.load_der_x509_certificate(body)
    own.public_key().verify(
        authority.sign(OFFICER, DIGEST), DIGEST, padding.PKCS1v15(), Prehashed(hashes.SHA256())
    )
    own.verify_directly_issued_by(x509.load_der_x509_certificate(authority.trusted()[0]))
    assert "Đỗ Thị Mẫu" in own.subject.rfc4514_string()


def test_all_who_ask_at_once_get_one_certificate(authority):
    found, gate = set(), threading.Barrier(4)

    def ask():
        gate.wait()
        found.add(tuple(TestAuthority().certificates(OFFICER)))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 1


def test_keys_lie_locked_and_closed(authority, tmp_path):
    authority.certificates(OFFICER)
    files = list((tmp_path / "test-ca").iterdir())
    assert sorted(one.name for one in files) == ["officer-7.pem", "root.pem"]
    assert all(stat.S_IMODE(one.stat().st_mode) == 0o600 for one in files)
    assert all(b"ENCRYPTED PRIVATE KEY" in one.read_bytes() for one in files)


def test_only_the_sample_city_has_it(authority, settings, monkeypatch):
    monkeypatch.setattr(signing, "_service", [])
    settings.MOTCUA_SAMPLE = False
    connect.connect()
    with pytest.raises(signing.NoService):
        signing.service()
    settings.MOTCUA_SAMPLE = True
    connect.connect()
    assert isinstance(signing.service(), TestAuthority)
    assert signing.service().check(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))[0].ok

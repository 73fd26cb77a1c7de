"""Both signing services: what each promises, and what each refuses."""

from __future__ import annotations

import datetime
import hashlib
import stat
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import pkcs12

from motcua.core.closed import SecretOpen
from motcua.core.official import signing
from motcua.core.secrets import key
from motcua.links.signing import connect
from motcua.links.signing.fake import TestAuthority
from motcua.links.signing.port import Holder, NoCertificate, ServiceSilent
from motcua.links.signing.real import KeyFiles

OFFICER = Holder("officer:7", "Đỗ Thị Mẫu", "Sở Mẫu")
DIGEST = hashlib.sha256(b"x").digest()


@pytest.fixture
def authority(tmp_path, settings):
    settings.MOTCUA_KEYS = tmp_path
    return TestAuthority()


@pytest.fixture
def folder(authority, tmp_path):
    """Give a folder of key files as an authority would hand them out."""
    made, place = tmp_path / "test-ca" / "officer-7.pem", tmp_path / "signing"
    authority.certificates(OFFICER)
    place.mkdir()
    body, root = made.read_bytes(), x509.load_der_x509_certificate(authority.trusted()[0])
    own = serialization.load_pem_private_key(body, key("test-ca").hex().encode())
    lock = serialization.BestAvailableEncryption(b"mo khoa")
    given = x509.load_pem_x509_certificate(body)
    files = {
        "officer-7.p12": pkcs12.serialize_key_and_certificates(b"x", own, given, [root], lock),
        "roots.pem": root.public_bytes(serialization.Encoding.PEM),
        "passphrase": b"mo khoa\n",
    }
    for name, content in files.items():
        (place / name).write_bytes(content)
        (place / name).chmod(0o600)
    return place


@pytest.fixture(params=["trial", "key files"])
def service(request, authority, folder):
    return authority if request.param == "trial" else KeyFiles(folder)


def test_what_it_signs_is_verified_by_its_certificate(service):
    [body] = service.certificates(OFFICER)
    own = x509.load_der_x509_certificate(body)
    own.public_key().verify(
        service.sign(OFFICER, DIGEST), DIGEST, padding.PKCS1v15(), Prehashed(hashes.SHA256())
    )
    own.verify_directly_issued_by(x509.load_der_x509_certificate(service.trusted()[0]))
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


def test_key_files_refuse_what_they_do_not_have(folder):
    files = KeyFiles(folder)
    with pytest.raises(NoCertificate):
        files.sign(Holder("officer:8", "Khác", "Sở Mẫu"), DIGEST)
    (folder / "passphrase").write_text("sai")
    with pytest.raises(ServiceSilent):
        files.sign(OFFICER, DIGEST)
    (folder / "roots.pem").unlink()
    with pytest.raises(ServiceSilent):
        files.trusted()


def test_key_files_that_strangers_can_read_are_refused(folder):
    (folder / "officer-7.p12").chmod(0o644)
    with pytest.raises(SecretOpen):
        KeyFiles(folder).sign(OFFICER, DIGEST)


def test_the_look_tells_of_key_files_that_fail(folder):
    files, at = KeyFiles(folder), datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    assert [one.ok for one in files.check(at)] == [True]
    [late] = files.check(datetime.datetime(2049, 12, 20, tzinfo=datetime.UTC))
    assert (late.ok, "officer-7" in late.en) == (False, True)
    (folder / "passphrase").write_text("sai")
    assert [one.ok for one in files.check(at)] == [False]


def test_only_the_sample_city_has_it(authority, settings, monkeypatch):
    monkeypatch.setattr(signing, "_service", [])
    settings.MOTCUA_SAMPLE = False
    connect.connect()
    with pytest.raises(signing.NoService):
        signing.service()
    settings.MOTCUA_SIGNING = "/nowhere"
    connect.connect()
    assert isinstance(signing.service(), KeyFiles)
    settings.MOTCUA_SIGNING, settings.MOTCUA_SAMPLE = "", True
    connect.connect()
    assert isinstance(signing.service(), TestAuthority)
    assert signing.service().check(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))[0].ok

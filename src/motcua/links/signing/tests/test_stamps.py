"""Time stamps of an authority over HTTP, and certificates looked up in lists of revoked ones."""

from __future__ import annotations

import datetime
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps import DummyTimeStamper

from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.official import signing
from motcua.core.official.revocation import Standing
from motcua.core.official.signing import Holder, ServiceSilent
from motcua.core.official.tests.authority import Authority
from motcua.core.official.tests.conftest import _authority, authority, files, office
from motcua.core.official.tests.office import later
from motcua.core.official.validating import validate
from motcua.links.signing.http import HttpLists, HttpStamps

__all__ = ["_authority", "authority", "files", "office"]  # fixtures that come from there

LIST = "http://lists.invalid/ca.crl"
_TIMES = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])


def tsa_of(authority: Authority, at: datetime.datetime) -> DummyTimeStamper:
    """Give a time stamping authority below a root, whose clock stands."""
    holder = Holder("tsa", "Dấu thời gian thử", "CA thử")
    own, certificate = authority.made.get("tsa") or authority.make(holder, (_TIMES, True))
    authority.made["tsa"] = own, certificate
    private = own.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return DummyTimeStamper(
        asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        keys.PrivateKeyInfo.load(private),
        fixed_dt=at,
    )


@pytest.fixture
def stamping(authority, monkeypatch):
    """Let an authority on the loopback stamp what is signed."""
    tsa = tsa_of(authority, later(5))

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            body = tsa.request_tsa_response(asked).dump()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(signing, "_stamps", [HttpStamps(address)])
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


def look(office, done, authority, stage="issued"):
    return validate(office.file(done, stage), roots=authority.trusted(), at=later(48))


def test_every_signature_bears_the_stamp_of_the_authority(office, authority, stamping):
    verdict = look(office, office.issued(), authority)
    assert verdict.good
    assert [(one.stamp.at, one.stamp.name, one.stamp.good) for one in verdict.signatures] == [
        (later(5), "Dấu thời gian thử", True)
    ] * 2


def test_a_stamp_of_a_stranger_is_told(office, authority, stamping, monkeypatch):
    stranger = Authority("CA lạ")
    tsa = tsa_of(stranger, later(5))

    class Direct:
        def stamp(self, request: bytes) -> bytes:
            return tsa.request_tsa_response(tsp.TimeStampReq.load(request)).dump()

    monkeypatch.setattr(signing, "_stamps", [Direct()])
    verdict = look(office, office.signed(), authority, "signed")
    assert [(one.stamp.good, one.good) for one in verdict.signatures] == [(False, False)]


def test_while_the_authority_is_silent_nothing_is_signed(office, stamping, monkeypatch):
    monkeypatch.setattr(signing, "_stamps", [HttpStamps("http://127.0.0.1:9/")])
    done = office.draft()
    office.move(done, "head", "review")
    office.move(done, "director", "sign")
    with pytest.raises(ServiceSilent):
        office.work()
    assert office.row(done).state == "signing"
    monkeypatch.setattr(signing, "_stamps", [HttpStamps(stamping)])
    office.work()
    assert office.row(done).state == "signed"


def test_without_an_authority_there_is_no_stamp(office, authority):
    verdict = look(office, office.signed(), authority, "signed")
    assert [(one.stamp, one.standing) for one in verdict.signatures] == [(None, Standing.UNCHECKED)]


@pytest.mark.parametrize(
    ("revoked_at", "by", "found"),
    [
        (None, "own", Standing.GOOD),
        (later(1), "own", Standing.REVOKED),
        (None, "stranger", Standing.UNCHECKED),
        (None, "old", Standing.UNCHECKED),
    ],
)
def test_a_certificate_is_looked_up_in_the_list_it_names(
    office, authority, monkeypatch, revoked_at, by, found
):
    monkeypatch.setattr(authority, "made", {})
    holder = Holder(f"officer:{office.people['director'].officer_id}", "Đỗ Thị Ưởng", "Sở")
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(LIST)], None, None, None)
    authority.made[holder.key] = authority.make(
        holder, (x509.CRLDistributionPoints([point]), False)
    )
    serial = authority.made[holder.key][1].serial_number
    signer = Authority("CA lạ") if by == "stranger" else authority
    until = later(24) if by == "old" else later(100)
    body = revoked_list(signer, serial, revoked_at, until)

    class Kept:
        def fetch(self, address):
            assert address == LIST
            return body

    monkeypatch.setattr(signing, "_lists", [Kept()])
    verdict = look(office, office.signed(), authority, "signed")
    assert [one.standing for one in verdict.signatures] == [found]
    assert verdict.signatures[0].good is (found is not Standing.REVOKED)


def revoked_list(signer, serial, revoked_at, until) -> bytes:
    made = x509.CertificateRevocationListBuilder().issuer_name(signer.root.subject)
    made = made.last_update(MONDAY - datetime.timedelta(days=9)).next_update(until)
    if revoked_at is not None:
        entry = x509.RevokedCertificateBuilder().serial_number(serial)
        made = made.add_revoked_certificate(entry.revocation_date(revoked_at).build())
    return made.sign(signer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def test_what_cannot_be_fetched_is_nothing():
    lists = HttpLists()
    assert lists.fetch("ldap://lists.invalid/x") is None
    assert lists.fetch("file:///etc/passwd") is None
    assert lists.fetch("http://127.0.0.1:9/x.crl") is None
    with pytest.raises(ValueError, match="ftp"):
        HttpStamps("ftp://x")

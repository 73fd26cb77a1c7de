"""A small authenticator in software: makes passkeys and signs with them, rightly or wrongly."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAG = AuthenticatorData.FLAG
ORIGIN = "https://motcua.example"


@dataclass
class SoftKey:
    """One passkey in one device, before a page of one origin."""

    credential_id: bytes = b"soft-key-number-one"
    origin: str = ORIGIN
    rp: str = "motcua.example"
    count: int = 0
    verified: bool = True
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def made(self, challenge: str) -> str:
        """Give what a browser sends once the key is made."""
        public = ES256.from_cryptography_key(self.private.public_key())
        credential = AttestedCredentialData.create(bytes(16), self.credential_id, public)
        data = self._data(FLAG.AT, credential)
        attested = AttestationObject.create("none", data, {})
        client = self._client("webauthn.create", challenge)
        return self._sent({"clientDataJSON": client, "attestationObject": attested})

    def signed(self, challenge: str) -> str:
        """Give what a browser sends once the challenge is signed."""
        client, data = self._client("webauthn.get", challenge), self._data()
        told = bytes(data) + hashlib.sha256(client).digest()
        signature = self.private.sign(told, ec.ECDSA(hashes.SHA256()))
        response = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._sent(response)

    def _data(self, more: int = 0, credential: bytes = b"") -> AuthenticatorData:
        flags = FLAG.UP | more | (FLAG.UV if self.verified else 0)
        rp_hash = hashlib.sha256(self.rp.encode()).digest()
        return AuthenticatorData.create(rp_hash, FLAG(flags), self.count, credential)

    def _client(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge.encode(), self.origin)

    def _sent(self, response: dict[str, bytes]) -> str:
        name = websafe_encode(self.credential_id)
        told = {key: websafe_encode(bytes(value)) for key, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": told})

"""What every signing service promises, and what it raises (see `core/official/signing`)."""

from __future__ import annotations

import datetime
from typing import Protocol

from motcua.core.official.signing import Holder, NoCertificate, ServiceSilent, Signatory
from motcua.core.upkeep.findings import Finding

__all__ = ["Finding", "Holder", "NoCertificate", "ServiceSilent", "Signatory", "SigningService"]


class SigningService(Signatory, Protocol):
    """A signing service that can also look after itself."""

    def check(self, at: datetime.datetime) -> list[Finding]:
        """Tell whether it answers, without signing anything."""
        ...

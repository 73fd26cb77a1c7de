"""What follows an erasure: the witness's list, the files, and the free space of the database."""

from __future__ import annotations

import datetime
from typing import Any

from motcua.core.erasure.again import remove_files, tell_witness, tell_witness_of_record
from motcua.core.erasure.scrubbing import scrub
from motcua.core.exports.making import remove_gone
from motcua.core.jobs.registry import handler


@handler("erasure.finish")
def finish(payload: dict[str, Any], *, at: datetime.datetime) -> None:
    """Tell the witness first: a restore from before must know of it whatever happens here."""
    if "record" in payload:
        tell_witness_of_record(payload["record"])
    else:
        tell_witness(payload["dossier"])
    remove_files(payload["files"])
    remove_gone(at=at)
    scrub()

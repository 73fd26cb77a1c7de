"""After everything that people did in this folder, the ledger and the rows agree."""

from __future__ import annotations


def test_nothing_is_wrong_in_ledger_or_rows(house):
    told = house.motcua("ledger", "verify", "--state")
    assert (told.returncode, "Không có gì sai." in told.stdout) == (0, True), told

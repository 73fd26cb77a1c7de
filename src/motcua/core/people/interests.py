"""Is an officer a party: asked where somebody is chosen, or comes to the counter themselves."""

from __future__ import annotations

from motcua.core.people.numbers import number_hash
from motcua.core.people.parties import Applicant
from motcua.core.sql import Sql, reading

_CONCERNED = Sql(
    "SELECT 1 FROM people_interest i JOIN people_party p ON p.id = %s WHERE i.officer_id = %s"
    " AND NOT i.ended AND ((length(i.number_hash) > 0 AND i.number_hash = p.number_hash)"
    " OR (i.tax_code <> '' AND i.tax_code = p.tax_code))"
    " UNION ALL SELECT 1 FROM people_recusal WHERE officer_id = %s AND party_id = %s"
    " UNION ALL SELECT 1 FROM people_account WHERE officer_id = %s AND party_id = %s LIMIT 1"
)
_STATED = Sql(
    "SELECT 1 FROM people_interest WHERE officer_id = %s AND NOT ended AND"
    " ((length(number_hash) > 0 AND number_hash = %s) OR (tax_code <> '' AND tax_code = %s))"
)


def is_party(officer_id: int, party_id: int) -> bool:
    """Tell whether an officer is a party, declared an interest in it, or is recused from it."""
    who = (officer_id, party_id)
    found = reading().one(_CONCERNED, party_id, officer_id, *who, *who)
    return found is not None


def is_stated(officer_id: int, applicant: Applicant) -> bool:
    """Tell the same of an applicant who is not written yet."""
    if not applicant.number and not applicant.tax_code:
        return False
    hashed = number_hash(applicant.number) if applicant.number else b""
    return reading().one(_STATED, officer_id, hashed, applicant.tax_code) is not None

"""What of an applicant and a form the API tells, and the names of what it masked.

A masked attribute of the applicant is its mask; a masked answer of the form is left out. Both are
named in `masked`, which is the same whatever the value is.
"""

from __future__ import annotations

from motcua.core.access.masks import PARTY_GRADES, is_masked, masked, party_grade
from motcua.core.dossiers.answers import Answers, read
from motcua.core.people.models import Party
from motcua.core.people.parties import shown_as
from motcua.core.procedures.declaration import Declaration, Grade
from motcua.faces.api import schemas


def applicant_out(
    party: Party | None, *, clearance: bool
) -> tuple[schemas.Applicant | None, list[str]]:
    """Tell who asks, and which attributes are masked."""
    if party is None:
        return None, []
    stated = shown_as(party)
    stated.pop("phone_as_given")
    hidden = [
        name
        for name in PARTY_GRADES
        if stated[name] and is_masked(party_grade(party.kind, name), clearance=clearance)
    ]
    told = {**stated, **{name: masked(name, stated[name]) for name in hidden}}
    told["number_masked"] = told.pop("number")
    return schemas.Applicant.model_validate(told), [f"applicant.{name}" for name in hidden]


def fields_out(
    declaration: Declaration, text: str, *, clearance: bool
) -> tuple[Answers, list[str]]:
    """Tell the answers of a form, and which are left out because they are masked."""
    values = read(text)
    grades = {rule.key: rule.grade for rule in declaration.fields}
    hidden = [
        key for key in values if is_masked(grades.get(key, Grade.SECRET), clearance=clearance)
    ]
    shown = {key: value for key, value in values.items() if key not in hidden}
    return shown, [f"fields.{key}" for key in hidden]

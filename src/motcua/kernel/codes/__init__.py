"""Codes and numbers that identify things: checked, normalised, in one spelling each."""

from __future__ import annotations

from motcua.kernel.codes.agency import (
    AgencyCodeMalformed,
    NoForm102,
    form_of,
    parse_agency_code,
    to_102,
    to_qd20,
)
from motcua.kernel.codes.dossier import (
    DossierCode,
    DossierCodeMalformed,
    DossierDayImpossible,
    DossierNumbersUsedUp,
    dossier_search_key,
)
from motcua.kernel.codes.lookup import LookupMalformed, LookupMistyped, make_lookup, parse_lookup
from motcua.kernel.codes.personal import (
    BirthYearDiffers,
    BornInFuture,
    PersonalNumber,
    PersonalNumberMalformed,
    SexDiffers,
    UnknownProvince,
    mask,
)
from motcua.kernel.codes.phone import Phone, PhoneInvalid
from motcua.kernel.codes.procedure import ProcedureCode, ProcedureCodeMalformed
from motcua.kernel.codes.tax import (
    PersonalNumberNotYetTaxCode,
    TaxCode,
    TaxCodeMalformed,
    TaxCodeMistyped,
)

__all__ = [
    "AgencyCodeMalformed",
    "BirthYearDiffers",
    "BornInFuture",
    "DossierCode",
    "DossierCodeMalformed",
    "DossierDayImpossible",
    "DossierNumbersUsedUp",
    "LookupMalformed",
    "LookupMistyped",
    "NoForm102",
    "PersonalNumber",
    "PersonalNumberMalformed",
    "PersonalNumberNotYetTaxCode",
    "Phone",
    "PhoneInvalid",
    "ProcedureCode",
    "ProcedureCodeMalformed",
    "SexDiffers",
    "TaxCode",
    "TaxCodeMalformed",
    "TaxCodeMistyped",
    "UnknownProvince",
    "dossier_search_key",
    "form_of",
    "make_lookup",
    "mask",
    "parse_agency_code",
    "parse_lookup",
    "to_102",
    "to_qd20",
]

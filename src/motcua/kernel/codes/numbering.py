"""How telephone numbers changed: tables of the two great renumberings.

Mobiles lost a digit on 15/9/2018; area codes of fixed lines changed in three phases of 2017
(QĐ 2036/QĐ-BTTTT). Hà Nội keeps eight digits after the area code, most provinces seven.
"""

from __future__ import annotations

from datetime import date

MOBILES_CHANGED = date(2018, 9, 15)

MOBILE_PREFIXES = {
    "0120": "070",
    "0121": "079",
    "0122": "077",
    "0126": "076",
    "0128": "078",
    "0123": "083",
    "0124": "084",
    "0125": "085",
    "0127": "081",
    "0129": "082",
    "0162": "032",
    "0163": "033",
    "0164": "034",
    "0165": "035",
    "0166": "036",
    "0167": "037",
    "0168": "038",
    "0169": "039",
    "0186": "056",
    "0188": "058",
    "0199": "059",
}

_PHASE_1 = date(2017, 2, 11)
_PHASE_2 = date(2017, 4, 15)
_PHASE_3 = date(2017, 6, 17)

AREAS = {
    "022": ("0212", _PHASE_1),
    "0231": ("0213", _PHASE_1),
    "020": ("0214", _PHASE_1),
    "0230": ("0215", _PHASE_1),
    "029": ("0216", _PHASE_1),
    "052": ("0232", _PHASE_1),
    "053": ("0233", _PHASE_1),
    "054": ("0234", _PHASE_1),
    "0510": ("0235", _PHASE_1),
    "0511": ("0236", _PHASE_1),
    "037": ("0237", _PHASE_1),
    "038": ("0238", _PHASE_1),
    "039": ("0239", _PHASE_1),
    "033": ("0203", _PHASE_2),
    "0240": ("0204", _PHASE_2),
    "025": ("0205", _PHASE_2),
    "026": ("0206", _PHASE_2),
    "027": ("0207", _PHASE_2),
    "0280": ("0208", _PHASE_2),
    "0281": ("0209", _PHASE_2),
    "0320": ("0220", _PHASE_2),
    "0321": ("0221", _PHASE_2),
    "0241": ("0222", _PHASE_2),
    "031": ("0225", _PHASE_2),
    "0351": ("0226", _PHASE_2),
    "036": ("0227", _PHASE_2),
    "0350": ("0228", _PHASE_2),
    "030": ("0229", _PHASE_2),
    "0780": ("0290", _PHASE_2),
    "0781": ("0291", _PHASE_2),
    "0710": ("0292", _PHASE_2),
    "0711": ("0293", _PHASE_2),
    "074": ("0294", _PHASE_2),
    "076": ("0296", _PHASE_2),
    "077": ("0297", _PHASE_2),
    "079": ("0299", _PHASE_2),
    "04": ("024", _PHASE_3),
    "08": ("028", _PHASE_3),
    "061": ("0251", _PHASE_3),
    "062": ("0252", _PHASE_3),
    "064": ("0254", _PHASE_3),
    "055": ("0255", _PHASE_3),
    "056": ("0256", _PHASE_3),
    "057": ("0257", _PHASE_3),
    "058": ("0258", _PHASE_3),
    "068": ("0259", _PHASE_3),
    "060": ("0260", _PHASE_3),
    "0501": ("0261", _PHASE_3),
    "0500": ("0262", _PHASE_3),
    "063": ("0263", _PHASE_3),
    "059": ("0269", _PHASE_3),
    "070": ("0270", _PHASE_3),
    "0651": ("0271", _PHASE_3),
    "072": ("0272", _PHASE_3),
    "073": ("0273", _PHASE_3),
    "0650": ("0274", _PHASE_3),
    "075": ("0275", _PHASE_3),
    "066": ("0276", _PHASE_3),
    "067": ("0277", _PHASE_3),
}
"""Old area code with the trunk 0 → new one and the day it took effect."""

_OLD_LENGTHS = {2: 10, 3: 10, 4: 11}  # of the whole number, by length of the old area code


def renumbered_mobile(national: str) -> str | None:
    """Give today's form of an old 11-digit mobile number, or None."""
    new = MOBILE_PREFIXES.get(national[:4]) if len(national) == 11 else None
    return new + national[4:] if new else None


def renumbered_fixed(national: str, *, on: date | None = None) -> str | None:
    """Give today's form of a fixed number with an old area code, or None.

    With ``on`` only area codes that were still in use on that day are taken.
    """
    for length in (4, 3, 2):
        new, changed = AREAS.get(national[:length], (None, date.min))
        if new and len(national) == _OLD_LENGTHS[length] and (on is None or on < changed):
            return new + national[length:]
    return None

"""How a letter writes instants, places and what was handed in."""

from __future__ import annotations

import datetime
import re

from motcua.kernel.vietnamese import fold, format_date

_COMMITTEE = re.compile(
    r"(?i:ủy|uỷ) ban nhân dân (?:thành phố|tỉnh|phường|xã|đặc khu|quận|huyện|thị xã|thị trấn) (.+)",
    re.IGNORECASE,
)
_CENTRE = "trung tam phuc vu hanh chinh cong"
DESK = "Bộ phận tiếp nhận và trả kết quả"


def moment(at: datetime.datetime | None) -> str:
    """Write `14 giờ 20 phút, ngày 16/11/2026`; empty for None. `at` is in the city's zone."""
    if at is None:
        return ""
    return f"{at.hour:02} giờ {at.minute:02} phút, ngày {format_date(at.date())}"


def heading_day(day: datetime.date) -> dict[str, str]:
    """Give day, month, year of the place line: a zero before days under 10 and months 1 and 2.

    Decree 30/2020, annex I.
    """
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return {"day": f"{day.day:02}", "month": month, "year": str(day.year)}


def place_of(names: list[str]) -> str:
    """Find the place that an agency writes from: of the nearest people's committee above it.

    `names` runs from the agency upwards; without a committee the place is left to be written in.
    """
    found = (_COMMITTEE.fullmatch(name.strip()) for name in names)
    return next((match[1] for match in found if match), "…………")


def desk_of(agency: str) -> str:
    """Give the desk's line of the heading; a public service centre is the desk itself."""
    return "" if fold(agency).startswith(_CENTRE) else DESK


def forms_of(originals: int, copies: int, files: int) -> str:
    """Write how a paper was handed in: `01 bản chính, 02 bản sao, 01 tệp điện tử`."""
    counted = ((originals, "bản chính"), (copies, "bản sao"), (files, "tệp điện tử"))
    return ", ".join(f"{count:02} {what}" for count, what in counted if count)


_ASKED = {
    "originals": re.compile(r"(\d{1,3}) bản (?:chính|gốc)"),
    "certified": re.compile(r"(\d{1,3}) bản (?:sao )?(?:có )?chứng thực"),
    "copies": re.compile(r"(\d{1,3}) bản (?:photo|chụp|sao(?! (?:có )?chứng thực))"),
}


def asked_of(line: str) -> dict[str, str]:
    """Give a line of a request with the numbers of originals, certified and plain copies in it.

    `Nộp thêm 01 bản chính và 2 bản photo` asks for 01, none stated, 02.
    """
    found = {name: pattern.search(line.lower()) for name, pattern in _ASKED.items()}
    return {"words": line} | {
        name: f"{int(match[1]):02}" if match else "" for name, match in found.items()
    }


def lines_of(text: str) -> list[str]:
    """Give the lines of a remark that say something, without the marks of a typed list."""
    stripped = (re.sub(r"^\s*(?:[-–•+*]|\d{1,2}[.)])\s+", "", line) for line in text.split("\n"))
    return [line.strip() for line in stripped if line.strip()]

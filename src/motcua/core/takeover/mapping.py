"""Reading a mapping: which column of another system's file means what here.

The format is described in `docs/howto/take-over-from-another-one-stop.md`. Every fault of the file
is told at once, with its place.
"""

from __future__ import annotations

import datetime
import re
import tomllib
import zoneinfo
from collections.abc import Mapping as Table_
from dataclasses import dataclass
from typing import Any

from motcua.core.procedures.declaration import Text
from motcua.core.procedures.reading_flow import OUTCOMES
from motcua.core.procedures.table import MAX_FILE, Table
from motcua.kernel.errors import Refused
from motcua.kernel.flow.faults import Fault
from motcua.kernel.vietnamese import nfc

FORMAT = 1
ISO = "iso"
CASE_ROLES = ("id", "start", "end", "planned", "deadline", "channel", "department", "responsible")
EVENT_ROLES = ("id", "name", "time", "transition", "resource", "group")
REQUIRED_CASE = ("id", "start", "end")
REQUIRED_EVENT = ("id", "name", "time")
CASE_INSTANTS = ("start", "end", "planned", "deadline")

_SOURCE = re.compile(r"[a-z][a-z0-9_-]{0,29}")
_AGENCY = re.compile(r"[A-Z0-9]+([.-][A-Z0-9]+)*")
_CODE = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_MAX_CHANNEL, _MAX_AGENCY = 12, 35
_SIGNS = {"delimiter": ",", "quote": '"'}
_SOME_TIME = datetime.datetime(2011, 10, 30, 13, 59, 58)  # noqa: DTZ001 - any moment will do


class UnreadableMapping(Refused):
    """The mapping is not one; all that is wrong is listed with its place."""

    code = "takeover.mapping_unreadable"
    vi = "Tệp ánh xạ có {count} chỗ phải sửa."
    en = "The mapping has {count} faults."

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(count=len(faults))

    def text(self, language: str) -> str:
        """Give the sentence and below it one line for each fault."""
        lines = [f"{one.where}: {one.en if language == 'en' else one.vi}" for one in self.faults]
        return "\n".join([super().text(language), *lines])


@dataclass(frozen=True, slots=True)
class AgencyRule:
    """An agency that is made where it is missing."""

    code: str
    name: Text
    short_name: str
    tier: str
    parent: str
    calendar: str


@dataclass(frozen=True, slots=True)
class ProcedureRule:
    """The small procedure under which the dossiers of this source run here."""

    code: str
    name: Text
    short: Text
    legal_basis: tuple[str, ...]
    post: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping that was read without fault; `text` is the file itself.

    `case` and `event` give the column of each role that is mapped; `keep_*` name further columns
    (`*` stands for anything). `channels` and `departments` translate values.
    """

    text: str
    source: str
    system: str
    name: Text
    delimiter: str
    quote: str
    empty: frozenset[str]
    time: str
    time_zone: zoneinfo.ZoneInfo | None
    procedure: ProcedureRule
    case: Table_[str, str]
    event: Table_[str, str]
    keep_case: tuple[str, ...]
    keep_event: tuple[str, ...]
    personal: tuple[str, ...]
    channels: Table_[str, str]
    channel: str
    departments: Table_[str, str]
    department: str
    agencies: Table_[str, AgencyRule]


def read_mapping(text: str) -> Mapping:
    """Read a mapping file; raises `UnreadableMapping` with every fault."""
    faults: list[Fault] = []
    mapping = _Reading(text, faults).mapping() if (_parsed(text, faults)) is not None else None
    if faults or mapping is None:
        raise UnreadableMapping(faults)
    return mapping


def _parsed(text: str, faults: list[Fault]) -> dict[str, Any] | None:
    if len(text) > MAX_FILE:
        faults.append(Fault("takeover.mapping_long", "Tệp quá dài", "The file is too long", "file"))
        return None
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as wrong:
        vi, en = f"không đúng cú pháp TOML ({wrong})", f"not valid TOML ({wrong})"
        faults.append(Fault("takeover.mapping_toml", vi, en, "file"))
        return None


class _Reading:
    """The file being read; values whose keys are free words are taken out before the rest."""

    def __init__(self, text: str, faults: list[Fault]) -> None:
        self.text, self.faults = text, faults
        raw = tomllib.loads(text)
        file = raw.get("file")
        file = file if isinstance(file, dict) else {}
        self.signs = {key: file.pop(key, sign) for key, sign in _SIGNS.items()}
        self.values = {
            key: self._values(key, raw.pop(key, {})) for key in ("channels", "departments")
        }
        agencies = raw.pop("agencies", {})
        self.agencies = agencies if isinstance(agencies, dict) else {}
        if not isinstance(agencies, dict):
            self._fault("agencies", "phải là bảng", "must be a table")
        self.table = Table(raw, "", faults)

    def mapping(self) -> Mapping:
        if self.table.whole("format", FORMAT) != FORMAT:
            self._fault("format", f"phải là {FORMAT}", f"must be {FORMAT}")
        file = self.table.table("file", required=False)
        case, event = (self.table.table(key) for key in ("case", "event"))
        mapping = Mapping(
            text=self.text,
            source=self._matching(self.table, "source", _SOURCE),
            system=self.table.text("system", limit=30),
            name=self.table.words("name"),
            delimiter=self._sign("delimiter"),
            quote=self._sign("quote"),
            empty=frozenset(("", *file.texts("empty", ()))),
            time=self._time(file),
            time_zone=self._zone(file),
            procedure=self._procedure(self.table.table("procedure")),
            case=self._roles(case, CASE_ROLES, REQUIRED_CASE),
            event=self._roles(event, EVENT_ROLES, REQUIRED_EVENT),
            keep_case=case.texts("keep", ()),
            keep_event=event.texts("keep", ()),
            personal=case.texts("personal", ()),
            channels=self.values["channels"],
            channel=self.table.text("channel", "", limit=_MAX_CHANNEL),
            departments=self.values["departments"],
            department=self.table.text("department", "", limit=_MAX_AGENCY),
            agencies={code: self._agency(code, row) for code, row in self.agencies.items()},
        )
        self._check(mapping)
        self.table.close()
        return mapping

    def _procedure(self, table: Table) -> ProcedureRule:
        return ProcedureRule(
            code=self._matching(table, "code", _CODE, limit=40),
            name=table.words("name", limit=600),
            short=table.words("short", limit=28),
            legal_basis=table.texts("legal_basis"),
            post=table.text("post", limit=30),
            outcome=table.one_of("outcome", OUTCOMES),
        )

    def _agency(self, code: str, row: object) -> AgencyRule:
        table = Table(row if isinstance(row, dict) else {}, f"agencies.{code}", self.faults)
        if not _AGENCY.fullmatch(code) or len(code) > _MAX_AGENCY:
            self._fault(f"agencies.{code}", "mã cơ quan không hợp lệ", "not an agency code")
        rule = AgencyRule(
            code=code,
            name=table.words("name", limit=200),
            short_name=table.text("short_name", limit=60),
            tier=table.text("tier", limit=20),
            parent=table.text("parent", "", limit=_MAX_AGENCY),
            calendar=table.text("calendar", "national", limit=30),
        )
        table.close()
        return rule

    def _roles(
        self, table: Table, roles: tuple[str, ...], required: tuple[str, ...]
    ) -> dict[str, str]:
        named = {role: table.text(role, None if role in required else "") for role in roles}
        return {role: column for role, column in named.items() if column}

    def _values(self, key: str, raw: object) -> dict[str, str]:
        pairs = raw.items() if isinstance(raw, dict) else ()
        if not isinstance(raw, dict) or not all(isinstance(value, str) for _, value in pairs):
            self._fault(key, "phải là bảng chữ → chữ", "must map text to text")
            return {}
        return {nfc(str(name)): str(value) for name, value in pairs}

    def _sign(self, key: str) -> str:
        sign = self.signs[key]
        if not isinstance(sign, str) or len(sign) != 1 or sign in "\r\n\0":
            self._fault(f"file.{key}", "phải là một ký tự", "must be one character")
            return _SIGNS[key]
        return sign

    def _time(self, table: Table) -> str:
        """Read the form of instants and try it on one."""
        form = table.text("time", ISO, limit=60)
        try:
            if form != ISO:
                datetime.datetime.strptime(_SOME_TIME.strftime(form), form)  # noqa: DTZ007
        except (ValueError, re.error) as wrong:
            self._fault("file.time", f"dạng “{form}” không dùng được", f"unusable form ({wrong})")
        return form

    def _zone(self, table: Table) -> zoneinfo.ZoneInfo | None:
        name = table.text("time_zone", "")
        try:
            return zoneinfo.ZoneInfo(name) if name else None
        except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
            self._fault("file.time_zone", f"không có múi giờ {name}", f"no time zone {name}")
            return None

    def _matching(self, table: Table, key: str, form: re.Pattern[str], limit: int = 60) -> str:
        text = table.text(key, limit=limit)
        if text and not form.fullmatch(text):
            self._fault(table.place(key), f"“{text}” sai dạng mã", f"“{text}” is not a code")
        return text

    def _check(self, mapping: Mapping) -> None:
        """What one part says of another: every value leads to an agency, columns are used once."""
        for part, default in (("channel", mapping.channel), ("department", mapping.department)):
            if part not in mapping.case and not default:
                self._fault(part, "cần cột hoặc giá trị chung", "needs a column or a default")
        for value in mapping.channels.values():
            if not 0 < len(value) <= _MAX_CHANNEL:
                self._fault("channels", f"“{value}” quá dài", f"“{value}” is too long")
        if mapping.delimiter == mapping.quote:
            self._fault("file.quote", "trùng với delimiter", "is the same as the delimiter")
        columns = [*mapping.case.values(), *mapping.event.values()]
        for column in sorted({column for column in columns if columns.count(column) > 1}):
            self._fault("case", f"cột “{column}” dùng hai lần", f"column “{column}” used twice")

    def _fault(self, where: str, vi: str, en: str) -> None:
        self.faults.append(Fault("takeover.mapping_value", vi, en, where))

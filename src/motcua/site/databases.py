"""From one setting to Django's database entry: SQLite by default, PostgreSQL by address.

`MOTCUA_DATABASE` is a file path, `sqlite:///path`, or `postgresql://user:password@host:port/name`
(a socket folder goes into `?host=/path`).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from motcua.kernel.errors import Refused

# WAL: readers never wait for the writer. NORMAL: a crash of the process loses nothing; a power
# cut may lose the last moments, so `MOTCUA_SYNCHRONOUS=FULL` is there for those who want more.
# The log is copied into the database at 32,000 pages (128 MiB), not at SQLite's 1,000: hot pages
# are written many times before they are copied once. `motcua.core.carrier` copies beside the acts.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON; "
    "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456; PRAGMA cache_size=-32000; "
    "PRAGMA journal_size_limit=134217728; PRAGMA wal_autocheckpoint=32000;"
)


class DatabaseAddressWrong(Refused):
    """The address of the database cannot be one; it isn't repeated, for it may hold a password."""

    code = "settings.database_address"
    vi = "MOTCUA_DATABASE phải là tên tệp hoặc postgresql://user:password@host:port/name."
    en = "MOTCUA_DATABASE is the name of a file or postgresql://user:password@host:port/name."


def database(address: str, *, synchronous: str = "NORMAL") -> dict[str, Any]:
    """Give the `DATABASES["default"]` entry for an address."""
    if is_postgres(address):
        return _postgres(address)
    return _sqlite(address.removeprefix("sqlite:///"), synchronous)


def is_postgres(address: str) -> bool:
    """Tell whether an address names a PostgreSQL database; any other names an SQLite file."""
    return address.startswith(("postgresql://", "postgres://"))


def at_once(told: str) -> int:
    """Give how many requests a web process without an edge works on at once.

    On SQLite one: the writer is one anyway, and threads only wait for it. On PostgreSQL a second
    one works while the first waits for the server.
    """
    return 2 if is_postgres(told) else 1


def _sqlite(path: str, synchronous: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": _PRAGMAS.format(synchronous=synchronous),
        },
    }


# One plan a prepared statement, and no machine code for it: making either takes longer than what an
# act asks (motcua.core.postgres). Statements that want a plan of their own are not prepared. What
# is read lies in memory or on a drive without arms: by PostgreSQL's own figure for a look-up, four,
# planners would rather read whole scopes.
_PLANS = "-c plan_cache_mode=force_generic_plan -c jit=off -c random_page_cost=1.1"


def _postgres(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    name, port = unquote(parts.path.lstrip("/")), _port(parts)
    if not name or port is None:
        raise DatabaseAddressWrong
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": port or query.pop("port", ""),
        "CONN_MAX_AGE": None,
        "OPTIONS": query | {"options": f"{_PLANS} {query.get('options', '')}".strip()},
    }


def _port(parts: SplitResult) -> str | None:
    """Give the port, empty where none is said, None where it is no number."""
    try:
        return str(parts.port or "")
    except ValueError:
        return None

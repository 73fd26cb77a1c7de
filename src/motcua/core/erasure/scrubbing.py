"""Taking what was erased out of the database's own files, where deleting leaves it for a while."""

from __future__ import annotations

import time

from django.db import connection

from motcua.core.erasure.columns import Until, tables_of
from motcua.core.sql import Sql, reading
from motcua.kernel.errors import Refused

_TABLES = (*tables_of(Until.ERASED), *tables_of(Until.RECORD_ERASED), "search_terms")
_PATIENCE = 300.0
# Who looks at this database; and who writes anywhere in the cluster, for a transaction that is not
# over holds back every snapshot taken beside it, that of `VACUUM FULL` itself too.
_READERS = Sql(
    "SELECT pid, xact_start::text FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND"
    " (backend_xid IS NOT NULL OR (backend_xmin IS NOT NULL AND datname = current_database()))"
)


class StillRead(Refused):
    """PostgreSQL keeps a deleted row as long as a transaction that began before may look at it."""

    code = "erasure.still_read"
    vi = (
        "Chưa gỡ hết được phần đã xóa khỏi tệp của cơ sở dữ liệu: còn giao dịch bắt đầu từ trước"
        " đang mở. Hãy đóng các kết nối khác rồi chạy lại."
    )
    en = (
        "What was erased is still in the database's files: a transaction that began before is"
        " open. Close the other connections, then run this again."
    )
    status = 409
    retry = True


def merge_words() -> None:
    """Merge the word index of SQLite: what was deleted stays in its older parts until then."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_fts(search_fts) VALUES ('optimize')")


def scrub(*, whole: bool = False) -> None:
    """Take what was erased out of the database's own files, outside any transaction.

    SQLite: the search index is merged, so that deleted words go, and the log is written back and
    emptied. PostgreSQL: dead row versions are removed. `whole` writes every page anew, which holds
    up everybody: for a place that is not open.

    Raises:
        StillRead: With `whole`, when another's transaction stays open for minutes.
    """
    merge_words()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            if whole:
                cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        full = "FULL " if whole else ""
        # The planner's samples hold values of rows, and so do their own dead versions.
        for table in (*_TABLES, "pg_statistic"):
            if whole:
                _wait_for_readers(_PATIENCE)
            cursor.execute(f"VACUUM {full}{table}")
            if table != "pg_statistic":
                cursor.execute(f"ANALYZE {table}")


def _wait_for_readers(patience: float) -> None:
    """Wait until whoever looks or writes now has ended; who comes later keeps no dead row.

    Even in a place that is not open there is one: the server's own, gathering statistics.
    """
    ends = time.monotonic() + patience
    readers = set(reading().all(_READERS))
    while readers:
        if time.monotonic() > ends:
            raise StillRead
        time.sleep(0.05)
        readers &= set(reading().all(_READERS))

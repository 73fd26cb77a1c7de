"""The raw limit: one row per commit, SQLite in WAL with synchronous NORMAL."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time


def main() -> None:
    """Insert a row per step, one commit each."""
    steps = int(sys.argv[2]) * 6
    connection = sqlite3.connect(os.environ["BENCH_FILE"], isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("CREATE TABLE IF NOT EXISTS step (id INTEGER PRIMARY KEY, body TEXT)")
    began = time.perf_counter()
    for number in range(steps):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO step (body) VALUES (?)", (f"step {number}",))
        connection.execute("COMMIT")
    print(json.dumps(steps / (time.perf_counter() - began)))


main()

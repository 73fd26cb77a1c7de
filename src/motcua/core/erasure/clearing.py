"""What is taken from the rows of a dossier, table by table, within the act."""

from __future__ import annotations

from motcua.core.access.forgetting import forget_words
from motcua.core.dossiers.erased import NO_FIELDS, NO_SALT
from motcua.core.drafts.papers import FORGET_FILE
from motcua.core.places import places
from motcua.core.sql import Sql, Tx

_DOSSIER = Sql(
    "UPDATE dossiers_dossier SET fields = %s, subject = '', salt = %s, applicant_id = NULL,"
    " longitude = NULL, latitude = NULL WHERE id = %s"
)
_OF_DOSSIER = tuple(
    Sql(text)
    for text in (
        "DELETE FROM dossiers_indexedfield WHERE dossier_id = %s",
        "DELETE FROM exchange_message WHERE dossier = %s AND state <> 'sent'",
        "UPDATE exchange_message SET payload = '{}', last_error = '' WHERE dossier = %s",
        # A key holds an unsalted hash of what was sent: who guesses the words could prove them.
        "DELETE FROM idempotency_requestkey WHERE stream = %s",
    )
)
_REMARKS = Sql("UPDATE dossiers_remark SET text = '', salt = %s WHERE dossier_id = %s")
_EVENTS = Sql("UPDATE takeover_event SET cells = '', salt = %s WHERE id BETWEEN %s AND %s")
_RATINGS = Sql(
    "UPDATE ratings_rating SET comment = '', comment_salt = %s WHERE id BETWEEN %s AND %s"
)
_CASE = Sql("UPDATE takeover_case SET digest = %s WHERE dossier_id = %s")
_JOBS = Sql("UPDATE jobs_job SET last_error = '' WHERE last_error <> '' AND payload LIKE %s")
_WORDS = Sql(
    "DELETE FROM search_fts WHERE rowid = %s",
    postgres="DELETE FROM search_terms WHERE dossier_id = %s",
)
# Files lie a day at most; which of them it stands in is written nowhere.
EXPORTS = Sql("UPDATE exports_export SET state = 'gone' WHERE state IN ('making', 'ready')")
_OWNER = Sql("DELETE FROM access_scoperow WHERE dossier_id = %s AND reason = 'owner'")
_PARTY = Sql("SELECT applicant_id FROM dossiers_dossier WHERE id = %s")
_RECUSALS = Sql("DELETE FROM people_recusal WHERE party_id = %s")
_FORGET_PARTY = Sql(
    "DELETE FROM people_party WHERE id = %s"
    " AND NOT EXISTS (SELECT 1 FROM dossiers_dossier d WHERE d.applicant_id = people_party.id)"
    " AND NOT EXISTS (SELECT 1 FROM people_account a WHERE a.party_id = people_party.id)"
)
_FILES = Sql(
    "SELECT f.id, f.sha256 FROM files_storedfile f WHERE f.id IN"
    " (SELECT file_id FROM files_evidence WHERE dossier_id = %s"
    " UNION SELECT file_id FROM dossiers_paper WHERE dossier_id = %s)"
)
_LOOSE = (
    Sql("UPDATE files_evidence SET file_id = NULL, name = '' WHERE dossier_id = %s"),
    Sql("UPDATE dossiers_paper SET file_id = NULL WHERE dossier_id = %s"),
)
_SECURE = Sql("PRAGMA secure_delete = ON")


def overwriting(tx: Tx) -> None:
    """Make SQLite write zeros over what this connection deletes; before a transaction."""
    if not tx.is_postgres:
        tx.all(_SECURE)


def clear(tx: Tx, dossier_id: int) -> list[str]:
    """Take everything personal; give the hashes of files that no other dossier holds."""
    found = tx.one(_PARTY, dossier_id)
    tx.run(_DOSSIER, NO_FIELDS, NO_SALT, dossier_id)
    for sql in _OF_DOSSIER:
        tx.run(sql, dossier_id)
    tx.run(_REMARKS, NO_SALT, dossier_id)
    tx.run(_EVENTS, b"", *places(dossier_id))
    tx.run(_RATINGS, b"", *places(dossier_id))
    tx.run(_CASE, bytes(32), dossier_id)
    forget_words(tx, dossier_id=dossier_id)
    tx.run(EXPORTS)
    tx.run(_JOBS, f'%"dossier": {dossier_id},%')
    tx.run(_WORDS, dossier_id)
    tx.run(_OWNER, dossier_id)
    if found and found[0] is not None:
        tx.run(_RECUSALS, found[0])
        tx.run(_FORGET_PARTY, found[0])
    return _clear_files(tx, dossier_id)


def _clear_files(tx: Tx, dossier_id: int) -> list[str]:
    files = tx.all(_FILES, dossier_id, dossier_id)
    for sql in _LOOSE:
        tx.run(sql, dossier_id)
    return [sha256 for file_id, sha256 in files if tx.run(FORGET_FILE, file_id)]

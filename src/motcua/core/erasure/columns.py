"""Every column that holds words or bytes: personal, and until when, or free of personal data.

A test compares this with the tables there are, so that whoever adds a column has to say what
becomes of what people write into it. Numbers of people (`officer:12`) are no personal words: what
they stand for is in the rows of people.
"""

from __future__ import annotations

from enum import Enum


class Until(Enum):
    """When the words of a personal column go."""

    ERASED = "với hồ sơ"
    """With the erasure of their dossier (`clearing`)."""

    RECORD_ERASED = "với bản ghi"
    """With the erasure of their record (`records`)."""

    LOG_ENDS = "hết hạn nhật ký"
    """When the log's own time is over, by a setting that the city decides."""

    WORK_DONE = "khi việc xong"
    """When the job or the request's repeat is of no use any more; a nightly job removes them."""

    RULE_ENDS = "theo quy tắc lưu giữ"
    """When a retention rule of their kind says so; without a rule they stay."""

    NO_TERM = "chưa có thời hạn"
    """No term is set: nothing removes it until the city has decided one."""

    SERVICE = "hồ sơ công vụ"
    """Never here: who acted for the state, and by which account, stands as long as the acts do."""


PERSONAL: dict[str, dict[Until, str]] = {
    "access_read": {Until.ERASED: "said", Until.LOG_ENDS: "actor what dossiers post kind"},
    "access_appearance": {Until.LOG_ENDS: "actor kind post"},
    "accounts_apikey": {Until.SERVICE: "name"},
    "accounts_factor": {Until.SERVICE: "name secret credential"},
    "accounts_identity": {Until.NO_TERM: "subject salt"},
    "accounts_session": {Until.RULE_ENDS: "address agent"},
    "accounts_signin": {Until.RULE_ENDS: "address agent"},
    "antispam_case": {Until.NO_TERM: "number"},
    "bulk_bulk": {Until.WORK_DONE: "order"},
    "desks_savedfilter": {Until.NO_TERM: "name"},
    "dossiers_dossier": {Until.ERASED: "subject fields salt"},
    "dossiers_indexedfield": {Until.ERASED: "text"},
    "dossiers_remark": {Until.ERASED: "text salt"},
    "drafts_draft": {Until.WORK_DONE: "sealed"},
    "drafts_draftfile": {Until.WORK_DONE: "name"},
    "exchange_message": {Until.ERASED: "payload last_error"},
    "exports_export": {Until.WORK_DONE: "wish query address"},
    "files_evidence": {Until.ERASED: "name"},
    "files_storedfile": {Until.ERASED: "sha256"},
    "idempotency_requestkey": {Until.ERASED: "scope body"},
    "jobs_job": {Until.ERASED: "last_error", Until.WORK_DONE: "payload"},
    "official_documentact": {Until.NO_TERM: "reason salt"},
    "official_incomingdocument": {Until.NO_TERM: "author signs abstract search sender"},
    "official_outgoingdocument": {Until.NO_TERM: "abstract content search"},
    "official_recipient": {Until.NO_TERM: "name email returned_why"},
    "people_account": {Until.SERVICE: "username password"},
    "people_interest": {Until.SERVICE: "number_cipher number_hash tax_code salt"},
    "people_officer": {Until.SERVICE: "name staff_number email phone"},
    "people_party": {
        Until.ERASED: "name number_cipher number_hash tax_code phone phone_as_given email address"
    },
    "ratings_rating": {Until.ERASED: "comment comment_salt"},
    "registers_record": {
        Until.NO_TERM: "natural title",  # what names it
        Until.RECORD_ERASED: "values geometry search hidden",
    },
    "registers_recordimport": {Until.WORK_DONE: "name digest body photos report"},
    "registers_recordindex": {Until.RECORD_ERASED: "text"},
    "registers_recordversion": {Until.RECORD_ERASED: "values geometry reason salt"},
    "takeover_case": {Until.ERASED: "digest"},
    "takeover_event": {Until.ERASED: "cells salt"},
}

FREE: dict[str, str] = {
    "access_accessseal": "root previous_hash hash signature public_key statement",
    "access_read": "salt committed hash",
    "access_scoperow": "reason",
    "accounts_apikey": "hint token_hash scopes",
    "accounts_keysecret": "sealed",
    "accounts_challenge": "token_hash",  # used up at once, or swept after five minutes
    "accounts_identity": "scheme",
    "accounts_phonecode": "token_hash code_hash",
    "accounts_recoverycode": "code_hash",
    "accounts_session": "token_hash",
    "accounts_signin": "by",
    "agencies_agency": "code code_102 tier name_vi name_en short_name calendar address phone area"
    " source",
    "agencies_appointment": "post",
    "agencies_competence": "procedure",
    "agencies_heir": "procedure area",
    "agencies_delegation": "post document salt procedures moves",
    "antispam_letter": "operator",
    "antispam_letteritem": "result",
    "areas_area": "unit_id code name folded kind tier source note",
    "areas_listedagency": "list_id tier name_vi name_en code code_102 heir source note",
    "areas_province": "code name_vi name_en agency_code source digest",
    "areas_succession": "legal_ref share kind source note",
    "auth_group": "name",
    "auth_permission": "name codename",
    "bulk_bulk": "code key",
    "bulk_bulkrow": "by why said_vi said_en",
    "catalogue_edition": "body digest published_by document",
    "catalogue_proposal": "prepared_by decided_by reason document digest",
    "catalogue_listing": "key code procedure name group name_folded folded name_key",
    "catalogue_referral": "run_by filed_at document",
    "catalogue_referredcount": "document recorded_by",
    "catalogue_servicelevel": "source",
    "clock_calendarday": "name_vi name_en legal_ref",
    "clock_calendarchange": "document text preview",
    "clock_clocksegment": "calendar",
    "clock_redated": "told",
    "clock_workcalendar": "key name_vi name_en time_zone country shifts",
    "desks_savedfilter": "query",
    "django_content_type": "app_label model",
    "django_session": "session_key session_data",
    "dossiers_dossier": "lookup code external_source external_code system state step outcome bucket"
    " marking area channel confidentiality origin head",
    "dossiers_indexedfield": "key",
    "dossiers_paper": "letter",
    "dossiers_remark": "kind",
    "dossiers_tie": "key",
    "dossiers_workitem": "step post result",
    "drafts_draft": "holder_hash procedure key",
    "drafts_draftfile": "component",
    "exchange_message": "receiver channel topic",
    "exports_export": "code form wish_digest rights why",
    "facts_delta": "left_state state",
    "facts_fact": "state step channel outcome origin",
    "facts_tally": "state",
    "fees_receipt": "lines",
    "figures_figure": "kind",
    "files_evidence": "component",
    "files_storedfile": "media_type",
    "jobs_job": "kind worker unique_key",
    "jobs_schedule": "name kind",
    "ledger_entry": "act body previous hash",
    "ledger_seal": "root previous_hash hash signature public_key statement",
    "letters_letteredition": "system letter text shared digest written_by published_by document",
    "official_agencysigns": "signs document",
    "official_documentact": "act actor",
    "official_numberbook": "book",
    "official_outgoingdocument": "kind unit authority position drafted_by reviewed_by signs parts",
    "procedures_procedure": "code system name_vi name_en folded",
    "procedures_publishedmap": "text published_by",
    "procedures_version": "source body digest published_by retired_by",
    "queueing_ticket": "key window",
    "reform_reform": "document drawn_by text",
    "ratings_mark": "criterion",
    "ratings_rating": "criteria salt",
    "registers_record": "register broken measured",
    "registers_recordimport": "code register",
    "registers_recordindex": "register key",
    "registers_recordlink": "key",
    "registers_recordversion": "act actor",
    "takeover_event": "code",
    "takeover_source": "name mapping columns types id_column delimiter quote",
    "upkeep_part": "name vi en",
    "upkeep_turn": "vi en",
}


def tables_of(until: Until) -> tuple[str, ...]:
    """Give the tables that hold words which go then."""
    return tuple(sorted(table for table, columns in PERSONAL.items() if until in columns))

"""The addresses of the desk, in Vietnamese words."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from motcua.faces.desk.views import drawing, reveal
from motcua.faces.desk.views.account import account
from motcua.faces.desk.views.agencies import agencies, one_agency
from motcua.faces.desk.views.arrivals import (
    arrival,
    arrival_file,
    arrival_new,
    arrivals,
    arrivals_export,
)
from motcua.faces.desk.views.bulk import bulk, bulk_result
from motcua.faces.desk.views.calendar import calendar, calendar_change
from motcua.faces.desk.views.catalogue import (
    compare,
    listing_page,
    listings,
    process_bpmn,
    process_table,
)
from motcua.faces.desk.views.complaint import choose, complaint
from motcua.faces.desk.views.copies import arrival_copy, document_copy
from motcua.faces.desk.views.daybook import daybook
from motcua.faces.desk.views.document import (
    document,
    document_docx,
    document_file,
    document_look,
    document_signatures,
)
from motcua.faces.desk.views.documents import (
    document_edit,
    document_new,
    documents,
    documents_export,
)
from motcua.faces.desk.views.dossier import dossier
from motcua.faces.desk.views.edition import begin, edition
from motcua.faces.desk.views.exporting import export, exports, made_file
from motcua.faces.desk.views.files import evidence, paper, paper_proof, proof
from motcua.faces.desk.views.giving_takings import export_takings
from motcua.faces.desk.views.giving_work import export_team_work, export_unit_work, export_work
from motcua.faces.desk.views.grade import grade
from motcua.faces.desk.views.intake import intake, taken
from motcua.faces.desk.views.keeping import data_keeping
from motcua.faces.desk.views.letter_draft import letter_begin, letter_draft
from motcua.faces.desk.views.letters import (
    letter,
    letter_compare,
    letter_look,
    letter_page,
    letter_pdf,
    letters,
)
from motcua.faces.desk.views.letting_in import account_of
from motcua.faces.desk.views.listing import listing
from motcua.faces.desk.views.move import move
from motcua.faces.desk.views.officers import newcomer, officers
from motcua.faces.desk.views.person import person
from motcua.faces.desk.views.preview import letter_preview
from motcua.faces.desk.views.queue import keys_sheet, neighbour, saved_filters, undo
from motcua.faces.desk.views.rating import rated, ratings, tablet
from motcua.faces.desk.views.record import record, record_edit, record_history, record_new
from motcua.faces.desk.views.record_import import record_import, record_import_look
from motcua.faces.desk.views.record_reveal import reveal_record
from motcua.faces.desk.views.reform import reform, reforms
from motcua.faces.desk.views.register_map import register_map
from motcua.faces.desk.views.register_totals import register_totals
from motcua.faces.desk.views.registers import (
    every_register,
    register,
    register_export,
    register_quality,
)
from motcua.faces.desk.views.reminders import reminders
from motcua.faces.desk.views.signing import to_sign
from motcua.faces.desk.views.slip import bulk_print, slip
from motcua.faces.desk.views.taking import take_in
from motcua.faces.desk.views.talk import talk
from motcua.faces.desk.views.team import team, team_work
from motcua.faces.desk.views.tickets import tickets, waits
from motcua.faces.desk.views.till import day, fees
from motcua.faces.desk.views.unsent import session, unsent
from motcua.faces.desk.views.upkeep import jobs_list, keeping_house
from motcua.faces.desk.views.version import version
from motcua.faces.desk.views.watching import reading_log
from motcua.faces.desk.views.what_if import what_if
from motcua.faces.desk.views.work import unit_work, work
from motcua.faces.desk.views.workshop import workshop

app_name = "desk"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="desk:work")),
    path("viec", work, name="work"),
    path("viec-don-vi", unit_work, name="unit_work"),
    path("viec/xuat", export_work, name="export_work"),
    path("viec-don-vi/xuat", export_unit_work, name="export_unit_work"),
    path("viec/ke/<code>/<way>", neighbour, name="neighbour"),
    path("hang-loat", bulk, name="bulk"),
    path("hang-loat/<code>", bulk_result, name="bulk_result"),
    path("hang-loat/<code>/in", bulk_print, name="bulk_print"),
    path("hoan-tac", undo, name="undo"),
    path("bo-loc", saved_filters, name="saved_filters"),
    path("phim-tat", keys_sheet, name="keys"),
    path("loi-nhac", reminders, name="reminders"),
    path("nhap", unsent, name="unsent"),
    path("phien", session, name="session"),
    path("tai-khoan", account, name="account"),
    path("danh-muc", listings, name="listings"),
    path("danh-muc/<key>", listing_page, name="listing"),
    path("danh-muc/<key>/soan", begin, name="begin_edition"),
    path("danh-muc/<key>/ban-soan", edition, name="edition"),
    path("danh-muc/<key>/so-sanh", compare, name="compare"),
    path("danh-muc/<key>/quy-trinh.xlsx", process_table, name="process_table"),
    path("danh-muc/<key>/quy-trinh.bpmn", process_bpmn, name="process_bpmn"),
    path("nhom", team, name="team"),
    path("nhom/viec", team_work, name="team_work"),
    path("nhom/viec/xuat", export_team_work, name="export_team_work"),
    path("ky", to_sign, name="signing"),
    path("neu-khac-di", what_if, name="what_if"),
    path("lich", calendar, name="calendar"),
    path("lich/<int:number>", calendar_change, name="calendar_change"),
    path("sap-xep", reforms, name="reforms"),
    path("sap-xep/<int:number>", reform, name="reform"),
    path("sap-xep/moi", drawing.begin, name="reform_new"),
    path("sap-xep/<int:number>/co-quan", drawing.add_ending, name="reform_add"),
    path("sap-xep/<int:number>/co-quan/<code>", drawing.ending, name="reform_ending"),
    path("sap-xep/<int:number>/co-quan-moi", drawing.founding, name="reform_founding"),
    path("sap-xep/<int:number>/quyet-dinh", drawing.settle, name="reform_settle"),
    path("co-quan", agencies, name="agencies"),
    path("co-quan/<code>", one_agency, name="agency"),
    path("can-bo", officers, name="officers"),
    path("can-bo/moi", newcomer, name="officer_new"),
    path("can-bo/<int:number>", person, name="person"),
    path("can-bo/<int:number>/tai-khoan", account_of, name="letting_in"),
    path("quan-tri", workshop, name="workshop"),
    path("quan-tri/mau-van-ban", letters, name="letters"),
    path("quan-tri/mau-van-ban/<address>", letter, name="letter"),
    path("quan-tri/mau-van-ban/<address>/soan", letter_begin, name="letter_begin"),
    path("quan-tri/mau-van-ban/<address>/ban-soan", letter_draft, name="letter_draft"),
    path("quan-tri/mau-van-ban/<address>/so-sanh", letter_compare, name="letter_compare"),
    path("quan-tri/mau-van-ban/<address>/xem", letter_look, name="letter_look"),
    path("quan-tri/mau-van-ban/<address>/trang.png", letter_page, name="letter_page"),
    path("quan-tri/mau-van-ban/<address>/ban-in.pdf", letter_pdf, name="letter_pdf"),
    path("van-hanh", keeping_house, name="upkeep"),
    path("van-hanh/viec-nen", jobs_list, name="jobs"),
    path("nhat-ky-truy-cap", reading_log, name="reading_log"),
    path("luu-giu", data_keeping, name="keeping"),
    path("ho-so", listing, name="list"),
    path("ho-so/xuat", export, name="export"),
    path("so-theo-doi", daybook, name="daybook"),
    path("tep-xuat", exports, name="exports"),
    path("tep-xuat/<code>", made_file, name="export_file"),
    path("ho-so/<code>", dossier, name="dossier"),
    path("ho-so/<code>/tep/<int:number>", evidence, name="evidence"),
    path("ho-so/<code>/giay/<int:number>", paper, name="paper"),
    path("ho-so/<code>/giay/<int:number>/chung-thuc", paper_proof, name="paper_proof"),
    path("ho-so/<code>/chung-thuc/<int:seq>", proof, name="proof"),
    path("ho-so/<code>/hien/<field>", reveal.show, name="reveal"),
    path("ho-so/<code>/muc-han-che", grade, name="grade"),
    path("ho-so/<code>/khieu-nai", choose, name="complain"),
    path("ho-so/<code>/khieu-nai/<procedure>", complaint, name="complaint"),
    path("ho-so/<code>/trao-doi", talk, name="talk"),
    path("ho-so/<code>/phien-ban", version, name="version"),
    path("ho-so/<code>/<key>", move, name="move"),
    path("ho-so/<code>/<key>/xem-truoc", letter_preview, name="preview"),
    path("so-dang-ky", every_register, name="registers"),
    path("so-dang-ky/<register>", register, name="register"),
    path("so-dang-ky/<register>/xuat", register_export, name="register_export"),
    path("so-dang-ky/<register>/chat-luong", register_quality, name="register_quality"),
    path("so-dang-ky/<register>/tong-hop", register_totals, name="register_totals"),
    path("so-dang-ky/<register>/ban-do", register_map, name="register_map"),
    path("van-ban", documents, name="documents"),
    path("van-ban/xuat", documents_export, name="documents_export"),
    path("van-ban/moi", document_new, name="document_new"),
    path("van-ban/<int:number>", document, name="document"),
    path("van-ban/<int:number>/sua", document_edit, name="document_edit"),
    path("van-ban/<int:number>/tep", document_file, name="document_file"),
    path("van-ban/<int:number>/xem", document_look, name="document_look"),
    path("van-ban/<int:number>/docx", document_docx, name="document_docx"),
    path("van-ban/<int:number>/chu-ky", document_signatures, name="document_signatures"),
    path("van-ban/<int:number>/sao", document_copy, name="document_copy"),
    path("van-ban-den", arrivals, name="arrivals"),
    path("van-ban-den/xuat", arrivals_export, name="arrivals_export"),
    path("van-ban-den/moi", arrival_new, name="arrival_new"),
    path("van-ban-den/<int:number>", arrival, name="arrival"),
    path("van-ban-den/<int:number>/tep", arrival_file, name="arrival_file"),
    path("van-ban-den/<int:number>/sao", arrival_copy, name="arrival_copy"),
    path("so-dang-ky/<register>/moi", record_new, name="record_new"),
    path("so-dang-ky/<register>/nhap", record_import, name="record_import"),
    path("so-dang-ky/<register>/nhap/<code>", record_import_look, name="record_import_look"),
    path("so-dang-ky/<register>/<int:number>", record, name="record"),
    path("so-dang-ky/<register>/<int:number>/hien/<field>", reveal_record, name="record_reveal"),
    path("so-dang-ky/<register>/<int:number>/sua", record_edit, name="record_edit"),
    path("so-dang-ky/<register>/<int:number>/lich-su", record_history, name="record_history"),
    path("tiep-nhan", intake, name="intake"),
    path("tiep-nhan/<procedure>", take_in, name="take_in"),
    path("da-nhan/<code>", taken, name="taken"),
    path("hang-cho", tickets, name="tickets"),
    path("hang-cho/thoi-gian", waits, name="waits"),
    path("phieu-kiem-soat/<code>", slip, name="slip"),
    path("danh-gia", ratings, name="ratings"),
    path("danh-gia/<code>", tablet, name="tablet"),
    path("danh-gia/<code>/cam-on", rated, name="rated"),
    path("thu-phi", day, name="takings"),
    path("thu-phi/xuat", export_takings, name="export_takings"),
    path("thu-phi/<code>", fees, name="fees"),
]

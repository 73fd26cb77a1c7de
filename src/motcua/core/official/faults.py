"""Why an act on an official document is refused."""

from __future__ import annotations

from motcua.kernel.errors import Refused


class OfficersOnly(Refused):
    """Somebody who is no officer in service asks for official documents."""

    code = "official.officers_only"
    vi = "Chỉ cán bộ đang giữ một vị trí được xem văn bản đi, văn bản đến."
    en = "Only officers who hold a post see official documents."
    status = 403


class NoSuchDocument(Refused):
    """There is no such document, or the actor may not know of it."""

    code = "official.no_such_document"
    vi = "Không có văn bản này."
    en = "There is no such document."
    status = 404


class NotYourAgency(Refused):
    """The actor holds no post there that may do this."""

    code = "official.not_your_agency"
    vi = "Bạn không giữ vị trí làm được việc này ở cơ quan đó."
    en = "You hold no post in that agency that may do this."
    status = 403


class NotYourMove(Refused):
    """The move is another's: the drafter's, a head's, the signer's or the clerk's."""

    code = "official.not_your_move"
    vi = "Việc này của người khác: người soạn, lãnh đạo đơn vị, người ký, văn thư hoặc người xử lý."
    en = "This is for another: the drafter, a head, the signer, the clerk or whoever handles it."
    status = 403


class OwnDraft(Refused):
    """A draft is reviewed by another than who wrote it."""

    code = "official.own_draft"
    vi = "Bạn đã soạn văn bản này nên người khác phải soát xét."
    en = "You drafted this document, so somebody else reviews it."
    status = 403


class WrongState(Refused):
    """The document does not stand where this move begins."""

    code = "official.wrong_state"
    vi = "Văn bản không ở trạng thái làm được việc này. Hãy tải lại trang để xem."
    en = "This cannot be done with the document as it stands. Reload the page to see it."
    status = 409


class DocumentMoved(Refused):
    """Somebody acted on the document since it was read."""

    code = "official.moved"
    vi = "Văn bản vừa được người khác xử lý (nay là lần ghi {revision}). Hãy tải lại và xem lại."
    en = "Somebody has just acted on this document (now revision {revision}). Reload, look again."
    status = 409


class MoveUnknown(Refused):
    """No move of a document bears this name."""

    code = "official.move_unknown"
    vi = "Không có việc “{move}” với văn bản."
    en = "Documents have no move “{move}”."


class ReasonMissing(Refused):
    """The move states a reason."""

    code = "official.reason_missing"
    vi = "Ghi lý do."
    en = "State the reason."


class Secret(Refused):
    """No document of a grade of secrecy enters this house."""

    code = "official.secret"
    vi = "Không đưa văn bản có độ mật lên hệ thống này; xử lý theo quy định về bí mật nhà nước."
    en = "No classified document enters this system; handle it under the rules on state secrets."


class Missing(Refused):
    """A part that every document has is empty."""

    code = "official.missing"
    vi = "Mục này không được để trống."
    en = "This must not be empty."


class TooMuch(Refused):
    """More parts than a document may have."""

    code = "official.too_much"
    vi = "Nhiều nhất {limit}."
    en = "At most {limit}."


class RaggedRow(Refused):
    """A row of an annex has not as many cells as the table has columns."""

    code = "official.ragged_row"
    vi = "Dòng {row} của phụ lục {annex} có {cells} ô, bảng có {columns} cột."
    en = "Row {row} of annex {annex} has {cells} cells; the table has {columns} columns."


class NotASigner(Refused):
    """The officer named as signer may not sign for the agency in this way."""

    code = "official.not_a_signer"
    vi = "Người này không có quyền ký cho cơ quan với thể thức đã chọn."
    en = "This officer may not sign for the agency in the chosen way."


class AuthorityUnknown(Refused):
    """No way of signing is written so."""

    code = "official.authority_unknown"
    vi = "Thể thức ký là một trong: để trống, TM., KT., TL., TUQ., Q."
    en = "One signs in one of these ways: none, TM., KT., TL., TUQ., Q."


class NotAnAddress(Refused):
    """A recipient's e-mail address cannot be one."""

    code = "official.not_an_address"
    vi = "“{text}” không phải địa chỉ thư điện tử."
    en = "“{text}” is no e-mail address."


class NoSuchDossier(Refused):
    """A dossier that the document shall belong to is not there, or not for this actor."""

    code = "official.no_such_dossier"
    vi = "Không có hồ sơ số {dossier}."
    en = "There is no application number {dossier}."


class NotInForce(Refused):
    """The document that another one shall change is not in force, or is another agency's."""

    code = "official.not_in_force"
    vi = "Văn bản bị tác động phải do chính cơ quan này ban hành và đang có hiệu lực."
    en = "The document to be changed must be this agency's own and still in force."
    status = 409


class EffectUnclear(Refused):
    """An effect without the document that it has it on, or the other way round."""

    code = "official.effect_unclear"
    vi = "Chọn cả văn bản bị tác động và tác động (thu hồi, thay thế hoặc sửa đổi), hoặc bỏ cả hai."
    en = "Choose both the document and what becomes of it (revoke, replace or update), or neither."


class UrgencyUnknown(Refused):
    """No grade of urgency is called so."""

    code = "official.urgency_unknown"
    vi = "Độ khẩn là một trong: thường, khẩn, thượng khẩn, hỏa tốc."
    en = "Urgency is one of: ordinary, urgent, very urgent, express."


class NotCopied(Refused):
    """What is copied has no file of pages, or one that cannot be read."""

    code = "official.not_copied"
    vi = "Chỉ sao được văn bản có tệp PDF hoặc ảnh đọc được, không đặt mật khẩu."
    en = "Only a document with a readable PDF or picture without a password can be copied."


class NotThatCopy(Refused):
    """This form of copy is not made of what is named."""

    code = "official.not_that_copy"
    vi = "Sao y và trích sao làm từ bản gốc, bản chính; sao lục làm từ bản sao y."
    en = "True copies and excerpts are made of originals, copies of a true copy of a true copy."


class PartsUnclear(Refused):
    """An excerpt names paragraphs or pages that are there; a full copy names none."""

    code = "official.parts_unclear"
    vi = "Trích sao thì ghi số thứ tự các đoạn (hoặc trang) có thật, ví dụ 2, 4-6."
    en = "An excerpt names paragraphs (or pages) that are there by their numbers, as in 2, 4-6."


class SignsUnclear(Refused):
    """The signs of an agency are capital letters and digits, few and without spaces."""

    code = "official.signs_unclear"
    vi = "Ký hiệu cơ quan là 1 đến 20 chữ in hoa hoặc chữ số, ví dụ SKHCN, BCĐ389."
    en = "The signs of an agency are 1 to 20 capital letters or digits, such as SKHCN or BCĐ389."


class SignsInThePast(Refused):
    """Documents of a day that is over bear the signs that they bear."""

    code = "official.signs_in_the_past"
    vi = "Ngày áp dụng ký hiệu mới không được ở quá khứ."
    en = "New signs cannot hold from a day that is over."


class SignsWithoutPaper(Refused):
    """The signs of an agency are decided by a paper, which has to be named."""

    code = "official.signs_without_paper"
    vi = "Ghi số, ký hiệu văn bản quy định ký hiệu của cơ quan."
    en = "Name the paper by which the signs of the agency were decided."


class SignsHeldAlready(Refused):
    """The agency is signed for in this way on that day already."""

    code = "official.signs_held_already"
    vi = "Cơ quan đã dùng ký hiệu {signs} từ ngày đó."
    en = "The agency bears the signs {signs} from that day already."
    status = 409


class NotYourSigns(Refused):
    """Who organises or heads an agency says what stands behind its numbers."""

    code = "official.not_your_signs"
    vi = "Chỉ người tổ chức bộ máy hoặc người đứng đầu cơ quan được đổi ký hiệu của cơ quan."
    en = "Only who organises or heads the agency may change its signs."
    status = 403

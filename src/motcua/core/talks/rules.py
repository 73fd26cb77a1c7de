"""Who may say what in a dossier, and the named refusals."""

from __future__ import annotations

from motcua.kernel.errors import Refused

MOST_AT_ONCE = 10
"""Messages of an applicant after one question: enough to explain, too few to flood a desk."""

MOST_NAMED = 10


class NothingSaid(Refused):
    """Words are missing."""

    code = "talks.nothing_said"
    vi = "Viết nội dung trước khi gửi."
    en = "Write something before you send."


class KindUnknown(Refused):
    """There are three kinds of words."""

    code = "talks.kind_unknown"
    vi = "Chỉ có note (ghi chú nội bộ), question (hỏi người nộp) và answer (người nộp trả lời)."
    en = "The kind is note (between officers), question (to the applicant) or answer (by them)."


class NotYoursToAsk(Refused):
    """Who does not hold the dossier asks its applicant nothing in its name."""

    code = "talks.not_yours_to_ask"
    vi = "Chỉ người đang giữ hồ sơ, được hỏi ý kiến hoặc người đứng đầu cơ quan được hỏi người nộp."
    en = "Only who holds the dossier, is asked about it, or heads its agency may ask the applicant."
    status = 403


class NotAnOfficer(Refused):
    """Notes are written by officers."""

    code = "talks.not_an_officer"
    vi = "Ghi chú nội bộ dành cho cán bộ."
    en = "Notes between officers are for officers."
    status = 403


class NotTheApplicant(Refused):
    """Answers come from the applicant."""

    code = "talks.not_the_applicant"
    vi = "Chỉ người nộp trả lời được câu hỏi này."
    en = "Only the applicant answers."
    status = 403


class NobodyToAsk(Refused):
    """The dossier has no applicant who could be asked."""

    code = "talks.nobody_to_ask"
    vi = "Hồ sơ này không có người nộp để hỏi."
    en = "This dossier has no applicant to ask."
    status = 409


class NothingAsked(Refused):
    """The applicant was asked nothing, or has answered at length."""

    code = "talks.nothing_asked"
    vi = "Hiện không có câu hỏi nào chờ bạn trả lời. Cần hỏi, hãy gọi 1022 hoặc tới Một cửa."
    en = "No question waits for your answer. To ask something, call 1022 or come to the counter."
    status = 409


class TalkOver(Refused):
    """The dossier is closed."""

    code = "talks.over"
    vi = "Hồ sơ đã kết thúc, không còn hỏi đáp với người nộp."
    en = "The dossier is closed; its questions and answers are over."
    status = 409


class CannotRead(Refused):
    """An officer is named who may not read the dossier."""

    code = "talks.cannot_read"
    vi = "Cán bộ được nhắc không được xem hồ sơ này. Cần ý kiến của họ, hãy lấy ý kiến."
    en = "The officer you name may not read this dossier. If you need them, ask for an opinion."


class TooManyNamed(Refused):
    """Too many officers are named at once."""

    code = "talks.too_many_named"
    vi = "Nhắc tối đa {most} cán bộ trong một ghi chú."
    en = "Name at most {most} officers in one note."

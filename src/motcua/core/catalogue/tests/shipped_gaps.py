"""Which of the 77 procedures that ship are published, and what keeps each other one a draft."""

from __future__ import annotations

PUBLISHED = {
    "1.000656",
    "1.000894",
    "1.001022",
    "1.001193",
    "1.001612",
    "1.003633",
    "1.004194",
    "1.004222",
    "1.004837",
    "1.004873",
    "1.005442",
    "1.010041",
    "1.010405",
    "1.010419",
    "2.000635",
    "2.000815",
    "2.000884",
    "2.001171",
    "2.001584",
    "2.001740",
    "2.001786",
    "2.001884",
}

# part:reason, as the check tells it; `unconfirmed` is what only memory vouches for
DRAFTS = {
    "1.001758": "code:unconfirmed result:unconfirmed legal_basis:unconfirmed fee:unconfirmed",
    "1.001776": (
        "code:unconfirmed name:unconfirmed level:unconfirmed decided_by:unconfirmed "
        "result:unconfirmed legal_basis:unconfirmed time_limit:unconfirmed "
        "evidence:unconfirmed fee:unconfirmed"
    ),
    "1.003114": "evidence:unconfirmed fee:missing",
    "1.003384": "result:unconfirmed legal_basis:unconfirmed",
    "1.003483": "code:unconfirmed legal_basis:unconfirmed",
    "1.003659": "code:unconfirmed",
    "1.003687": "code:unconfirmed",
    "1.003725": "code:unconfirmed legal_basis:unconfirmed",
    "1.003729": (
        "code:unconfirmed name:unconfirmed level:unconfirmed decided_by:unconfirmed "
        "result:unconfirmed legal_basis:unconfirmed time_limit:unconfirmed "
        "evidence:unconfirmed fee:unconfirmed"
    ),
    "1.003868": (
        "level:unconfirmed result:unconfirmed legal_basis:unconfirmed "
        "time_limit:unconfirmed fee:unconfirmed"
    ),
    "1.003888": "code:unconfirmed",
    "1.004153": "code:unconfirmed legal_basis:unconfirmed fee:unconfirmed",
    "1.004379": "code:unconfirmed",
    "1.004470": "code:unconfirmed fee:unconfirmed",
    "1.004746": "decided_by:unconfirmed time_limit:unit_guessed",
    "1.004859": "decided_by:unconfirmed time_limit:unit_guessed",
    "1.004884": "time_limit:unit_guessed",
    "1.005452": "code:unconfirmed",
    "1.005461": "decided_by:unconfirmed time_limit:unit_guessed",
    "1.008201": "code:unconfirmed legal_basis:unconfirmed evidence:unconfirmed",
    "1.009374": "fee:unconfirmed",
    "1.009386": "code:unconfirmed legal_basis:unconfirmed fee:unconfirmed",
    "1.010902": "evidence:unconfirmed",
    "1.013225": "decided_by:unconfirmed",
    "1.013285": (
        "level:unconfirmed decided_by:unconfirmed result:unconfirmed legal_basis:unconfirmed"
    ),
    "1.013792": "fee:unconfirmed",
    "1.013794": (
        "decided_by:unconfirmed result:unconfirmed legal_basis:unconfirmed "
        "time_limit:unconfirmed evidence:unconfirmed fee:unconfirmed"
    ),
    "2.000908": "decided_by:unconfirmed",
    "2.001035": "decided_by:unconfirmed time_limit:limit_unstated",
    "2.001087": (
        "code:unconfirmed name:unconfirmed level:unconfirmed result:unconfirmed fee:unconfirmed"
    ),
    "2.001091": (
        "code:unconfirmed name:unconfirmed level:unconfirmed result:unconfirmed fee:unconfirmed"
    ),
    "2.001098": "code:unconfirmed fee:unconfirmed",
    "2.001173": "code:unconfirmed",
    "2.001594": (
        "code:unconfirmed name:unconfirmed level:unconfirmed decided_by:unconfirmed "
        "result:unconfirmed legal_basis:unconfirmed time_limit:unconfirmed "
        "evidence:unconfirmed fee:unconfirmed"
    ),
    "2.001728": "code:unconfirmed legal_basis:unconfirmed",
    "2.001732": "code:unconfirmed result:unconfirmed fee:unconfirmed",
    "2.001737": "evidence:unconfirmed fee:missing",
    "2.001744": (
        "code:unconfirmed name:unconfirmed level:unconfirmed decided_by:unconfirmed "
        "result:unconfirmed legal_basis:unconfirmed time_limit:unconfirmed "
        "evidence:unconfirmed fee:unconfirmed"
    ),
    "2.001762": "code:unconfirmed fee:unconfirmed",
    "2.001765": (
        "code:unconfirmed result:unconfirmed legal_basis:unconfirmed "
        "time_limit:unconfirmed evidence:unconfirmed fee:unconfirmed"
    ),
    "2.001766": "code:unconfirmed name:unconfirmed level:unconfirmed fee:unconfirmed",
    "2.001880": "code:unconfirmed",
    "2.001885": "fee:unconfirmed",
    "2.001931": (
        "code:unconfirmed name:unconfirmed level:unconfirmed decided_by:unconfirmed "
        "result:unconfirmed legal_basis:unconfirmed time_limit:unconfirmed "
        "evidence:unconfirmed fee:unconfirmed"
    ),
    "2.002516": "decided_by:unconfirmed time_limit:limit_unstated",
    "2.002739": "legal_basis:unconfirmed evidence:unconfirmed fee:unconfirmed",
    "3.000340": "decided_by:unconfirmed legal_basis:missing",
    "cap-giay-phep-che-ban-in-gia-cong-sau-in-cho-nuoc-ngoai-san-pham-khong-phai-xuat": (
        "code:no_code result:unconfirmed fee:unconfirmed"
    ),
    "cap-giay-phep-thiet-lap-mang-xa-hoi-tren-mang-tham-quyen-bo-so-chi-huong-dan": (
        "code:no_code fee:unconfirmed"
    ),
    "cap-giay-phep-xay-dung-tram-bts": "code:no_code fee:unconfirmed",
    "cap-phep-xay-dung-cong-trinh-cot-ang-ten-thu-phat-song-di-dong-tren-dia-ban-than": (
        "code:no_code result:unconfirmed legal_basis:unconfirmed evidence:unconfirmed "
        "fee:unconfirmed"
    ),
    "thong-bao-thay-doi-dia-chi-tru-so-chinh-van-phong-giao-dich-dia-chi-dat-hoac-cho": (
        "code:no_code result:unconfirmed"
    ),
    "thong-bao-thay-doi-phuong-thuc-pham-vi-cung-cap-dich-vu-tro-choi-dien-tu-g1-tren": (
        "code:no_code legal_basis:unconfirmed"
    ),
    "thu-tuc-gia-han-giay-chung-nhan-cung-cap-dich-vu-tro-choi-dien-tu-g2-g3-g4-tren": (
        "code:no_code result:unconfirmed time_limit:unconfirmed fee:unconfirmed"
    ),
    "xac-dinh-lan-dau-cap-do-doi-voi-he-thong-thong-tin-cap-do-4-xac-dinh-lai-cap-do": (
        "code:no_code"
    ),
}

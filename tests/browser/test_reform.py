"""A plan of a reform as the head of the city looks at it and takes it back, in both languages."""

from __future__ import annotations

import datetime
import json

import pytest

from motcua.core.now import now
from tests.browser.test_every_page import in_english

PLAN = """format = 1
date = {on}
document = "12/NQ-HĐND"
[[heir]]
from = "H26.102"
to = "H26.101"
"""
WIDTHS = (390, 1366, 1920)


@pytest.fixture
def planned(house, tmp_path) -> int:
    file = tmp_path / "plan.toml"
    on = now().date() + datetime.timedelta(days=60)
    file.write_text(PLAN.format(on=on.isoformat()), "utf-8")
    done = house.motcua("reform", "plan", str(file), "--by", "chutich", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["reform"]


def test_the_head_of_the_city_looks_at_a_plan_and_takes_it_back(planned, officer):
    head = officer("chutich").open("/ban/sap-xep")
    assert head.sees(["12/NQ-HĐND", "Đã lập, chưa có hiệu lực"])
    for width in WIDTHS:
        head.page.set_viewport_size({"width": width, "height": 900})
        head.open(f"/ban/sap-xep/{planned}")
        assert head.sees(["Cơ quan kế thừa", "Đinh Công Vinh", "Hủy phương án"])
    in_english(head).open(f"/ban/sap-xep/{planned}")
    assert head.sees(["Open applications, records of registers and heirs", "Undo the plan"])
    head.press("Undo this plan")
    assert head.path == "/ban/sap-xep"
    assert head.sees(["Undone"])

"""Two made-up registers with everything a register can have."""

from __future__ import annotations

SITES = """
natural = ["code"]
cycle_days = 90
readers = "officers"
expected = ["height", "geometry"]
columns = ["code", "operator", "height"]
name = { vi = "Cột thử", en = "Trial masts" }
one = { vi = "cột", en = "mast" }
about = { vi = "Để thử.", en = "For trying." }
geometry = { kind = "point" }
steward = { posts = ["specialist"] }
source = { mark = "sample", text = "made up" }

[fields.code]
label = { vi = "Mã", en = "Code" }
type = "text"
required = true
indexed = true

[fields.operator]
label = { vi = "Doanh nghiệp", en = "Operator" }
type = "choice"
indexed = true
choices.red = { vi = "Đỏ", en = "Red" }
choices.blue = { vi = "Xanh", en = "Blue" }

[fields.height]
label = { vi = "Cao (m)", en = "Height (m)" }
type = "number"
indexed = true
min = 1
max = 200

[fields.on_air]
label = { vi = "Phát sóng từ", en = "On air since" }
type = "date"
indexed = true

[fields.keeper]
label = { vi = "Người trông coi", en = "Caretaker" }
type = "text"
personal = true
indexed = true

[fields.keeper_number]
label = { vi = "Số định danh", en = "Personal number" }
type = "personal_number"

[rules.low]
says = { vi = "Cột đỏ không cao quá 50 m", en = "Red masts are not above 50 m" }
when = 'not operator = "red" or height <= 50'

[rules.past]
says = { vi = "Ngày phát sóng không ở tương lai", en = "Not on air in the future" }
when = "on_air <= today"
"""

SPANS = """
natural = ["name"]
cycle_days = 30
columns = ["name", "begins", "area"]
name = { vi = "Tuyến thử", en = "Trial spans" }
one = { vi = "tuyến", en = "span" }
about = { vi = "Để thử.", en = "For trying." }
geometry = { kind = "line", required = true }
steward = { posts = ["specialist"], tiers = ["department"] }
source = { mark = "sample", text = "made up" }

[fields.name]
label = { vi = "Tên", en = "Name" }
type = "text"
required = true

[references.begins]
label = { vi = "Từ cột", en = "From mast" }
to = "trial_sites"
required = true

[references.area]
label = { vi = "Địa bàn", en = "Area" }
to = "area"

[references.owner]
label = { vi = "Cơ quan", en = "Agency" }
to = "agency"
"""

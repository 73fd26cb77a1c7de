"""A file of the list by a job: asked for on the list, made by the worker, fetched from its page."""

from __future__ import annotations

from tests.browser.visitor import PHONE


def test_a_file_is_asked_for_and_comes_of_itself(officer, tmp_path):
    reader = officer("truongphong").open("/ban/ho-so?dang-mo=1")
    reader.select("Hoặc lập tệp qua việc nền", "CSV, dấu phẩy").press("Lập tệp")
    assert reader.heading == "Tệp đã yêu cầu"
    link = reader.main.get_by_role("link", name="Tải xuống").first
    link.wait_for(timeout=30_000)  # the page looks again by itself, without scripts
    reader.page.set_viewport_size(PHONE)
    with reader.page.expect_download() as given:
        link.click()
    text = given.value.path().read_text("utf-8-sig")
    assert text.startswith("Hạn giải quyết,Thời hạn,Mã hồ sơ,Người nộp")
    assert text.count("\n") > 10

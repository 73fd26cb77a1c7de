"""The fifteen checks of a reviewer (UX §8), each with the tests that make it.

`tests/architecture/test_reviewers_checks.py` proves that every test named here is there.
"""

from __future__ import annotations

from collections.abc import Mapping

WAITING = {11: "the wall", 12: "reports from the street"}
"""Checks of systems that are not built yet."""

_FILING, _MANNERS, _QUEUE = (
    f"tests/browser/test_{name}.py" for name in ("filing_on_a_phone", "manners", "queue")
)
_REVIEWER, _PRINTS, _LISTS = (
    f"tests/browser/test_{name}.py" for name in ("reviewer", "prints", "lists")
)
_BUDGETS, _PAGES = "tests/browser/test_budgets.py", "tests/browser/test_every_page.py"
_POSTAL, _DESK = "tests/browser/test_postal_licence.py", "src/motcua/faces/desk/tests"
_WORDS = "src/motcua/kernel/tests/vietnamese"

CHECKS: Mapping[int, tuple[str, ...]] = {
    1: (
        f"{_FILING}::test_found_filled_sent_and_tracked",
        f"{_POSTAL}::test_the_confirmation_carries_number_and_symbol",
    ),
    2: (
        f"{_FILING}::test_an_empty_step_is_told_on_top_and_leads_to_its_boxes",
        f"{_FILING}::test_a_chosen_file_is_kept_beside_what_is_missing",
    ),
    3: (f"{_FILING}::test_photos_of_a_phone_are_taken_and_shown",),
    4: (
        "tests/recovery/test_draft.py::test_what_was_saved_outlives_the_server",
        f"{_MANNERS}::test_a_double_click_files_once",
    ),
    5: (f"{_REVIEWER}::test_tracking_answers_five_questions_in_one_screen",),
    6: (
        f"{_REVIEWER}::test_search_forgives_accents_and_finds_numbers_as_they_are_said",
        f"{_DESK}/test_list.py::test_a_code_is_found_however_it_is_typed",
        f"{_DESK}/test_list.py::test_a_telephone_finds_what_its_owner_asked_for",
    ),
    7: (f"{_QUEUE}::test_a_day_at_the_desk_takes_forty_keys_at_most",),
    8: (
        f"{_QUEUE}::test_a_screen_holds_twelve_rows_of_one_line",
        f"{_QUEUE}::test_how_urgent_a_row_is_stands_there_without_colour",
        f"{_QUEUE}::test_sort_and_filter_stand_in_the_address_and_survive_the_way_back",
        f"{_LISTS}::test_a_list_holds_twelve_rows_of_one_line",
        f"{_LISTS}::test_a_head_of_a_column_sorts_by_ten_and_the_way_back_undoes_it",
    ),
    9: (
        f"{_QUEUE}::test_an_assignment_is_undone_by_a_key",
        "tests/browser/test_other_ends.py::test_a_refusal_at_reception_gives_its_reason_on_paper",
        f"{_MANNERS}::test_a_stale_page_shows_what_changed_and_leads_to_the_fresh_one",
    ),
    10: (
        f"{_PAGES}::test_the_open_pages_hold_in_english",
        f"{_PAGES}::test_the_desk_holds_in_english",
        f"{_BUDGETS}::test_every_open_page_is_light",
        f"{_BUDGETS}::test_every_page_of_the_desk_is_light",
        f"{_REVIEWER}::test_nothing_is_cut_at_four_hundred_percent",
    ),
    13: (
        f"{_REVIEWER}::test_a_day_is_never_swapped_with_its_month",
        f"{_REVIEWER}::test_both_spellings_of_a_tone_find_the_same",
        f"{_WORDS}/test_numbers.py::test_numbers_are_read",
        f"{_DESK}/test_orders.py::test_people_stand_by_ten_as_vietnamese_are_sorted",
        f"{_MANNERS}::test_the_language_switch_keeps_the_page",
    ),
    14: (
        f"{_PRINTS}::test_a_list_is_numbered_a4_without_the_screen_around_it",
        f"{_PRINTS}::test_no_column_of_a_list_is_cut_on_paper",
        f"{_PRINTS}::test_the_confirmation_is_one_page_whose_symbol_is_scanned",
        f"{_POSTAL}::test_a_licence_goes_its_whole_way",
        f"{_PRINTS}::test_the_receipt_and_the_refusal_are_papers_of_their_own",
        f"{_DESK}/test_giving_work.py::test_a_workbook_has_true_dates",
        f"{_LISTS}::test_what_goes_out_is_what_stands_there",
    ),
    15: (
        f"{_BUDGETS}::test_every_open_page_is_light",
        f"{_BUDGETS}::test_a_citizens_own_pages_are_light",
        f"{_REVIEWER}::test_the_largest_part_is_painted_early_on_a_slow_line",
    ),
}

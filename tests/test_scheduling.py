"""Files that share what takes long to start are found by what they ask for; any other file is by itself.

Long ones begin first.
"""

from __future__ import annotations

import pytest

from tests.long_files import LONG_FILES, turn
from tests.scheduling import SHARED, TESTS, shared_by


@pytest.mark.parametrize(
    ("file", "shared"),
    [
        ("tests/journeys/test_media.py", "a Firefox"),
        ("tests/access/test_axe.py", "a Firefox"),
        ("tests/journeys/test_leaving.py", "tests/journeys/test_leaving.py"),
        ("tests/workbench/test_journey.py", "a workbench"),
        ("tests/workbench/accounts/test_join_views.py", "a workbench"),
        ("tests/workbench/members/test_membership_views.py", "tests/workbench/members/test_membership_views.py"),
        ("tests/workbench/study_desk/test_editions.py", "the lead's desk"),
        ("tests/workbench/translation_desk/test_pages.py", "the translators' desk"),
        ("tests/workbench/translation_desk/test_in_browsers.py", "a Firefox"),
        ("tests/workbench/register_desk/test_coders.py", "the register's desk"),
        ("tests/workbench/register_desk/test_without_a_register.py", "a workbench"),
        ("tests/workbench/release_desk/test_pages.py", "the shelf of releases"),
        ("tests/workbench/kit_desk/test_in_browsers.py", "a desk of kits"),
        ("tests/workbench/kit_desk/test_kit_views.py", "a desk of kits"),
        ("tests/workbench/signing_desk/test_in_browsers.py", "a desk of statements"),
        ("tests/workbench/partner/test_own_files.py", "a desk of statements"),
        ("tests/store/rows/test_responses.py", "a PostgreSQL"),
        ("tests/register/site/test_map_and_table.py", "the sites of registers"),
        ("tests/architecture/test_layers.py", "the syntax of the package"),
        ("tests/core/test_limits.py", "the syntax of the package"),
        ("tests/studies/test_our_voice.py", "the study that ships"),
        ("tests/study/test_lost_columns.py", "the study that ships"),
        ("tests/study/rules/report/test_asked_of_some.py", "the study that ships"),
        ("tests/languages/test_voice.py", "the study that ships"),
        ("tests/core/test_files.py", "tests/core/test_files.py"),
        ("tests/collector/server/test_raw_http.py", "tests/collector/server/test_raw_http.py"),
        ("tests/nowhere.py", "tests/nowhere.py"),
    ],
)
def test_files_that_share_something_are_one_scope(file: str, shared: str) -> None:
    assert shared_by(file) == shared
    assert shared in {*SHARED, file}


def test_long_files_are_there() -> None:
    assert [file for file in LONG_FILES if not (TESTS / file).is_file()] == []


def test_long_files_begin_first() -> None:
    files = ["core/test_files.py", LONG_FILES[3], LONG_FILES[0]]
    assert sorted(files, key=turn) == [LONG_FILES[0], LONG_FILES[3], "core/test_files.py"]


def test_quick_files_are_left_for_the_end() -> None:
    assert turn(LONG_FILES[-1], quick=True) < turn("cli/test_kit.py") < turn("core/test_files.py", quick=True)

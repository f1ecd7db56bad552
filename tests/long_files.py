"""Files of tests that take longest, the longest first: a file is run by one process, and one that is long must not be
what all others wait for at the end.

By the processor time that each takes with the processes that it starts, also with those that a server of it starts:
the first half a minute, the last six seconds. `tests/scheduling.py` runs some together, which begin when the
first of them does. Last come the files of the fast rooms of which no test is slow: with these, no process is long the
only one at work.
"""

from __future__ import annotations

LONG_FILES = (
    "workbench/kit_desk/test_kit_views.py",
    "cli/test_demo.py",
    "access/test_axe.py",
    "journeys/test_journeys.py",
    "workbench/release_desk/test_pages.py",
    "workbench/test_routes.py",
    "workbench/release_desk/test_in_browsers.py",
    "cli/test_ceremony.py",
    "workbench/study_desk/test_text_files.py",
    "collector/server/test_collector_server.py",
    "cli/test_json.py",
    "store/postgresql/test_table_rewriting.py",
    "workbench/translation_desk/test_in_browsers.py",
    "journeys/test_leaving.py",
    "access/test_long_words.py",
    "register/site/test_site_in_browsers.py",
    "workbench/test_journey.py",
    "dataset/lifecycle/test_dataset_opening.py",
    "loaded/test_loaded_process.py",
    "access/test_layout.py",
    "workbench/study_desk/test_editions.py",
    "scripts/test_setup.py",
    "store/failures/test_postgresql_sqlstates.py",
    "packaging/test_wheel.py",
    "collector/pages/test_page_sizes.py",
    "cli/test_any_system.py",
    "collector/session/test_respondent_codes.py",
    "collector/server/test_fail_closed.py",
    "cli/test_project.py",
    "access/test_keyboard.py",
    "workbench/study_desk/test_questionnaire.py",
    "vectors/test_before_rooms.py",
    "cli/test_report_ledger.py",
    "journeys/test_second_study.py",
    "collector/pages/test_form_padding.py",
    "desk/test_desk_in_browsers.py",
    "rehearsal/test_crowd.py",
    "preview/test_preview_server.py",
    "workbench/test_signing_in.py",
    "disclosure/audit/test_number_attack.py",
    "analysis/test_attacks.py",
    "desk/test_desk_work.py",
    "cli/test_your_own_survey.py",
    "collector/http/test_hostile_input.py",
    "publishing/release_site/test_release_in_browsers.py",
    "workbench/test_store_proxy.py",
    "publishing/release_site/test_published_attacks.py",
    "workbench/signing_desk/test_in_browsers.py",
    "publishing/render/test_report_layout.py",
    "architecture/test_names_of_others.py",
    "workbench/translation_desk/test_text_saving.py",
)


def turn(file: str, *, quick: bool = False) -> int:
    """When a file has its turn, by its address below `tests/`. `quick`: all of its tests are."""
    return LONG_FILES.index(file) if file in LONG_FILES else len(LONG_FILES) + quick

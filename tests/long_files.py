"""Files of tests that take longest, the longest first: a file is run by one process, and one that is long must not be
what all others wait for at the end.

By the processor time that each takes with the processes that it starts: the first more than half a minute, the last
six seconds. `tests/scheduling.py` runs some together, which begin when the first of them does.
"""

from __future__ import annotations

LONG_FILES = (
    "access/test_axe.py",
    "journeys/test_journeys.py",
    "workbench/test_journey.py",
    "store/postgresql/test_table_rewriting.py",
    "collector/server/test_collector_server.py",
    "cli/test_demo.py",
    "architecture/test_style.py",
    "workbench/test_signing_in.py",
    "workbench/test_routes.py",
    "collector/server/test_fail_closed.py",
    "access/test_keyboard.py",
    "access/test_layout.py",
    "access/test_long_words.py",
    "cli/test_ceremony.py",
    "collector/pages/test_page_sizes.py",
    "journeys/test_nothing_on_disk.py",
    "journeys/test_killed_under_load.py",
    "journeys/test_leaving.py",
    "rehearsal/test_crowd.py",
    "scripts/test_setup.py",
    "disclosure/audit/test_number_attack.py",
    "studies/test_our_voice.py",
    "cli/test_report_ledger.py",
    "dataset/lifecycle/test_dataset_opening.py",
    "collector/http/test_hostile_input.py",
    "journeys/test_budget.py",
    "cli/test_fingerprint_everywhere.py",
    "workbench/translation_desk/test_text_saving.py",
    "vectors/test_before_rooms.py",
    "workbench/test_store_proxy.py",
    "cli/test_any_system.py",
    "workbench/translation_desk/test_pages.py",
    "cli/test_language_opens.py",
    "cli/test_terminal_output.py",
    "journeys/test_killed_around_a_pause.py",
    "analysis/test_attacks.py",
    "collector/pages/test_pages.py",
    "collector/pages/test_privacy_promise.py",
    "access/test_own_host.py",
)


def turn(file: str) -> int:
    """When a file has its turn, by its address below `tests/`."""
    return LONG_FILES.index(file) if file in LONG_FILES else len(LONG_FILES)

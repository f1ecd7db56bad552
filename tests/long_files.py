"""Files of tests that take longest, the longest first: a file is run by one process, and one that is long must not be
what all others wait for at the end.

By the processor time that each takes with the processes that it starts: the first more than half a minute, the last
six seconds. `tests/scheduling.py` runs some together, which begin when the first of them does.
"""

from __future__ import annotations

LONG_FILES = (
    "cli/test_demo.py",
    "architecture/test_style.py",
    "access/test_axe.py",
    "journeys/test_journeys.py",
    "workbench/test_routes.py",
    "workbench/test_journey.py",
    "cli/test_ceremony.py",
    "store/postgresql/test_table_rewriting.py",
    "journeys/test_nothing_on_disk.py",
    "collector/server/test_collector_server.py",
    "journeys/test_leaving.py",
    "scripts/test_setup.py",
    "collector/server/test_fail_closed.py",
    "cli/test_report_ledger.py",
    "workbench/test_signing_in.py",
    "store/failures/test_postgresql_sqlstates.py",
    "cli/test_any_system.py",
    "access/test_keyboard.py",
    "access/test_layout.py",
    "access/test_long_words.py",
    "dataset/lifecycle/test_dataset_opening.py",
    "collector/pages/test_page_sizes.py",
    "workbench/partner/test_partner_views.py",
    "vectors/test_before_rooms.py",
    "journeys/test_budget.py",
    "journeys/test_killed_under_load.py",
    "journeys/test_killed_around_a_pause.py",
    "disclosure/audit/test_number_attack.py",
    "workbench/translation_desk/test_text_saving.py",
    "studies/test_published_shares.py",
    "analysis/test_attacks.py",
    "collector/http/test_hostile_input.py",
    "collector/pages/test_pages.py",
    "cli/test_project.py",
    "studies/test_our_voice.py",
    "rehearsal/test_crowd.py",
    "workbench/test_store_proxy.py",
    "cli/test_fingerprint_everywhere.py",
    "access/test_own_host.py",
)


def turn(file: str) -> int:
    """When a file has its turn, by its address below `tests/`."""
    return LONG_FILES.index(file) if file in LONG_FILES else len(LONG_FILES)

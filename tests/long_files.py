"""Files of tests that take longest, the longest first: a file is run by one process, and one that is long must not be
what all others wait for at the end.

By the processor time that each takes with the processes that it starts, also with those that a server of it starts:
the first more than half a minute, the last six seconds. `tests/scheduling.py` runs some together, which begin when the
first of them does. Last come the files of the fast rooms of which no test is slow: with these, no process is long the
only one at work.
"""

from __future__ import annotations

LONG_FILES = (
    "cli/test_demo.py",
    "workbench/kit_desk/test_kit_views.py",
    "access/test_axe.py",
    "journeys/test_journeys.py",
    "register/site/test_site_in_browsers.py",
    "workbench/test_routes.py",
    "journeys/test_leaving.py",
    "workbench/test_journey.py",
    "publishing/release_site/test_release_in_browsers.py",
    "access/test_long_words.py",
    "workbench/release_desk/test_pages.py",
    "access/test_layout.py",
    "cli/test_ceremony.py",
    "collector/pages/test_page_sizes.py",
    "store/postgresql/test_table_rewriting.py",
    "journeys/test_nothing_on_disk.py",
    "collector/server/test_collector_server.py",
    "scripts/test_setup.py",
    "collector/server/test_fail_closed.py",
    "cli/test_report_ledger.py",
    "workbench/test_signing_in.py",
    "store/failures/test_postgresql_sqlstates.py",
    "cli/test_any_system.py",
    "access/test_keyboard.py",
    "publishing/release_site/test_published_attacks.py",
    "collector/pages/test_form_padding.py",
    "publishing/brief/test_shipped_briefs.py",
    "dataset/lifecycle/test_dataset_opening.py",
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


def turn(file: str, *, quick: bool = False) -> int:
    """When a file has its turn, by its address below `tests/`. `quick`: all of its tests are."""
    return LONG_FILES.index(file) if file in LONG_FILES else len(LONG_FILES) + quick

"""The name of a release: the same for the same tables, data and rules, another one for anything else."""

from __future__ import annotations

from dataclasses import replace

from kuule.disclosure.ledger_entry import LedgerEntry
from kuule.disclosure.release_id import release_id, release_id_from_texts
from kuule.disclosure.thresholds import DisclosureRules
from kuule.tables.request import TableRequest
from tests.disclosure.tables import origin

RULES = DisclosureRules()
TABLES = (TableRequest("told"), TableRequest("told", "region"))


def test_release_has_one_name_in_any_order_of_its_tables():
    assert release_id(origin(400), TABLES, RULES) == release_id(origin(400), (*TABLES[::-1], TABLES[0]), RULES)


def test_release_has_another_name_with_other_data_tables_or_rules():
    names = {
        release_id(origin(400), TABLES, RULES),
        release_id(origin(400, "f" * 16), TABLES, RULES),
        release_id(origin(400), TABLES[:1], RULES),
        release_id(origin(400), TABLES, replace(RULES, smallest_base=31)),
        release_id(origin(400), TABLES, replace(RULES, smallest_count=11)),
        release_id(origin(400), TABLES, replace(RULES, noise_variance=4)),
        release_id(origin(400), TABLES, replace(RULES, noise_bound=6)),
    }
    assert len(names) == 7
    assert {len(name) for name in names} == {16}


def test_release_name_tells_nothing_of_the_record_keys():
    """Their sum has 32 bits: it could be tried, and would tell the exact number of responses."""
    assert release_id(origin(400, key=8), TABLES, RULES) == release_id(origin(400, key=9), TABLES, RULES)


def test_release_can_be_named_from_what_the_ledger_holds():
    noted = LedgerEntry.for_tables(origin(400), TABLES, RULES, report="f" * 64, kuule="1.2")
    numbers = (noted.smallest_base, noted.smallest_count, noted.noise_variance, noted.noise_bound)
    assert release_id_from_texts(noted.dataset, noted.requests, numbers) == release_id(origin(400), TABLES, RULES)

"""What an attacker could learn from a report (`kuule report --audit`)."""

from __future__ import annotations

from pathlib import Path

from kuule.dataset.coded_dataset import read_coded_dataset
from kuule.disclosure.audit.number_attack import Attack, describe_attack, simulate_attack
from kuule.disclosure.audit.report_series_attack import describe_series_attack, simulate_series_attack
from kuule.disclosure.ledger import Ledger
from kuule.disclosure.query_budget import greatest_exposure
from kuule.disclosure.release import release
from kuule.tables.request import TableRequest
from kuule.usecases.reporting.released_report import count_for_release, rules_of_dataset
from kuule.usecases.reporting.translated_report import read_translated_report, translated_template

STUDIES_OF_AN_AUDIT = 200
"""How many studies are made up for an audit."""


def audit_report(dataset_folder: Path, text: Path | None = None) -> tuple[str, ...]:
    """The lines that say what a simulated attack on the report of a dataset finds, together with all releases so far.
    Nothing is written.

    Raises PublishingError REPORT_001 to REPORT_012 and REPORT_022 as the report would, and REPORT_031.
    """
    dataset = read_coded_dataset(dataset_folder)
    wording, rules = dataset.wording(dataset.info.source_language), rules_of_dataset(dataset)
    requests = translated_template(read_translated_report(dataset, text), wording, dataset).requests
    release(count_for_release(dataset, requests, rules), rules)
    known = Ledger.for_dataset(dataset_folder, dataset.study.id).entries()
    locks = len({entry.dataset for entry in known} | {dataset.info.version})
    before = [text for each in known if each.dataset == dataset.info.version for text in each.requests]
    conditions = {item.name: item.asked_when for item in dataset.codebook.items.values()}
    worst = greatest_exposure((*requests, *map(TableRequest.parse, before)), rules, conditions)
    attack = Attack(rules, dataset.info.responses, worst.tables, worst.follow_ups, worst.conditions, locks)
    met = simulate_series_attack(rules, dataset.info.responses, locks, STUDIES_OF_AN_AUDIT)
    return (*describe_attack(attack, simulate_attack(attack)), *describe_series_attack(met, locks))

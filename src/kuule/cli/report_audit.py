"""`kuule report DATASET --audit`: what a report tells to somebody who attacks it."""

from __future__ import annotations

from pathlib import Path

from kuule.tables.request import TableRequest

_STUDIES = 200
"""That are made up for an audit."""


def audit_report(dataset_folder: Path, text: Path | None = None) -> tuple[str, ...]:
    """What a simulated attack on the report of a dataset finds, with all releases so far, in lines. Nothing is written.

    Raises PublishingError REPORT_001 to REPORT_012 and REPORT_022 as the report would, REPORT_031.
    """
    from kuule.analysis.counting import count_tables  # slow: Polars; and only the analyst's role has it
    from kuule.cli.report_words import template_of, words_of
    from kuule.dataset.read import read_dataset
    from kuule.disclosure.audit import Attack, audit, in_words
    from kuule.disclosure.audit_editions import audit_editions
    from kuule.disclosure.audit_editions import in_words as editions_in_words
    from kuule.disclosure.door import release
    from kuule.disclosure.ledger import Ledger
    from kuule.disclosure.looks import worst_seen
    from kuule.disclosure.rules import rules_of

    dataset = read_dataset(dataset_folder)
    wording, rules = dataset.wording(dataset.info.source_language), rules_of(dataset.study, dataset.codebook.rests_on)
    requests = template_of(words_of(dataset, text), wording, dataset).requests
    release(count_tables(dataset, requests), rules)
    known = Ledger.beside(dataset_folder, dataset.study.id).releases()
    locks = len({entry.dataset for entry in known} | {dataset.info.version})
    before = [text for each in known if each.dataset == dataset.info.version for text in each.requests]
    conditions = {item.name: item.asked_when for item in dataset.codebook.items.values()}
    worst = worst_seen((*requests, *map(TableRequest.read, before)), rules, conditions)
    attack = Attack(rules, dataset.info.responses, worst.tables, worst.follow_ups, worst.conditions, locks)
    met = audit_editions(rules, dataset.info.responses, locks, _STUDIES)
    return (*in_words(attack, audit(attack)), *editions_in_words(met, locks))

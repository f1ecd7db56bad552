"""Counts the tables of a release again from its dataset, and compares them to the byte.

A person who is asked to approve numbers can see in this way that they are those of the answers, and nobody's since.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kuule.core.problems import Problem, PublishingError
from kuule.dataset.coded_dataset import read_coded_dataset
from kuule.dataset.lifecycle.locking import check_can_publish
from kuule.dataset.schema.dataset_reader import Dataset, check_unchanged
from kuule.disclosure.ledger import Ledger
from kuule.disclosure.ledger_entry import LedgerEntry
from kuule.releases.release_folder import ReleaseFolder, read_release, tables_hash
from kuule.releases.table_json import tables_to_json
from kuule.tables.request import TableRequest
from kuule.usecases.releasing.ledger_lookup import find_in_ledger
from kuule.usecases.releasing.new_release import ALL_LANGUAGES_OF_A_RELEASE, release_template_of
from kuule.usecases.reporting.released_report import release_report
from kuule.usecases.reporting.translated_report import TranslatedReport


def recount_release(path: Path, dataset_folder: Path) -> ReleaseFolder:
    """Count the tables of a release again. Nothing is written: what was released once is released again the same.

    Raises PublishingError RELEASE_001 to RELEASE_005 (the release cannot be read), RELEASE_030 (the ledger beside the
    dataset has no such tables), RELEASE_031 (the dataset is another one, or the tables come out differently), and
    ArchiveError as `make_release` does.
    """
    found, dataset = read_release(path), read_coded_dataset(dataset_folder)
    check_can_publish(dataset)
    if found.release.origin.dataset != dataset.info.version:
        cause = f"it was made of dataset {found.release.origin.dataset}, and this one is {dataset.info.version}"
        raise PublishingError(Problem("RELEASE_031", str(dataset_folder), cause, "give the dataset that it names"))
    ledger = None if dataset.info.rehearsal else Ledger.for_dataset(dataset_folder, dataset.study.id)
    noted = None if ledger is None else find_in_ledger(found, ledger)
    content = _count_again(found, dataset, ledger, noted)
    if tables_hash(content) != found.release.ledger_entry:
        made_by = "the same version of Kuule" if noted is None else f"Kuule {noted.kuule}, which made it"
        cause, remedy = "its tables are not those of the dataset", f"use {made_by}; else somebody changed the tables"
        raise PublishingError(Problem("RELEASE_031", str(path), cause, remedy))
    check_unchanged(dataset)
    return found


def _count_again(found: ReleaseFolder, dataset: Dataset, ledger: Ledger | None, noted: LedgerEntry | None) -> bytes:
    release = found.release
    words = TranslatedReport(release.text, release.languages)
    template = release_template_of(words, dataset)
    text, requests = words.hash, [table.request for table in release.tables]
    if noted is not None:
        text, requests = noted.text, [TableRequest.parse(each) for each in noted.requests]
    known = (ALL_LANGUAGES_OF_A_RELEASE, text)
    made = release_report(dataset, template, None, known, ledger, requests)
    by_request = {table.request: table for table in made.tables}
    # Its name also depends on tables that a short release left out. Of practice, no ledger says which.
    origin = made.origin if noted is not None else replace(made.origin, release=release.origin.release)
    again = (by_request[table.request] for table in release.tables if table.request in by_request)
    return tables_to_json(origin, tuple(replace(table, origin=origin) for table in again))

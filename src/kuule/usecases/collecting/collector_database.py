"""The collector's database: making it once, and reading the counts that partners see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import Problem, StoreError
from kuule.languages.cldr.tags import find_language
from kuule.store.database import check_is_store, configure, database_name, prepare_store
from kuule.store.rows.counters import CounterKind, PartnerCounter, counter_totals
from kuule.store.rows.switched_off_links import read_switched_off_links
from kuule.study.edition.study_edition import read_edition


@dataclass(frozen=True, slots=True)
class PartnerCount:
    """How many people sent at least, in one language or by one link. `label` is the language's own name for itself, or
    the name of the partner."""

    kind: str
    name: str
    label: str
    at_least: int


def make_database(address: str) -> str:
    """Make the database of a survey and return where it is. Nothing else makes a store for real answers.

    Raises StoreError STORE_027 if there is a store already, which is left as it is.
    """
    configure(address)
    if not prepare_store(new=True):
        cause, remedy = "a store is there already; it was left as it is", "start the collector with it: `kuule serve`"
        raise StoreError(Problem("STORE_027", database_name(), cause, remedy))
    return database_name()


def switched_off_links(database: str) -> frozenset[str]:
    """The codes of the partners' links that are switched off. Raises StoreError."""
    configure(database)
    return read_switched_off_links()


def partner_counts(edition: Path, database: str) -> tuple[PartnerCount, ...] | None:
    """How many people sent at least, by language and by link, and how often help was opened; None if the study counts
    nothing.

    Raises StoreError for what is no store (`check_is_store`).
    """
    study = read_edition(edition).study
    if not (study.counts or study.count_help):
        return None
    configure(database)
    check_is_store()
    return tuple(
        PartnerCount(counter.kind, counter.name, _label(counter, study.links.partners), total)
        for counter, total in counter_totals().items()
        if (study.count_help if counter.kind is CounterKind.HELP else study.counts)
    )


def _label(counter: PartnerCounter, partners: Mapping[str, str]) -> str:
    match counter.kind:
        case CounterKind.LINK:
            return partners.get(counter.name, "")
        case CounterKind.HELP:
            return "times the help page was opened"
        case CounterKind.LANGUAGE:
            return find_language(counter.name).autonym

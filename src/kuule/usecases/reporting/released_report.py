"""From a dataset to what may be published of it: tables are counted, released, and compared with the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version

from kuule.analysis.crosstabs.axes import check_requests, column_codes
from kuule.analysis.crosstabs.counting import count_tables
from kuule.analysis.crosstabs.group_origin import count_people, origin_within
from kuule.dataset.cleaning import cleaned_origin
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.disclosure.carried_forward import LastPublished, published_columns
from kuule.disclosure.differencing import GroupHierarchy
from kuule.disclosure.ledger import Ledger
from kuule.disclosure.ledger_entry import LedgerEntry
from kuule.disclosure.release import release
from kuule.disclosure.release_origin import release_origin
from kuule.disclosure.required_tables import ReleaseCandidate, release_candidates, required_groups, required_tables
from kuule.disclosure.successive_releases import EarlierReleases, ShownGroup, shown_groups, shown_responses
from kuule.disclosure.thresholds import DisclosureRules, disclosure_rules
from kuule.publishing.template.template_parts import ReportTemplate
from kuule.publishing.view.short_report import is_short
from kuule.tables.released import ReleasedOrigin, ReleasedTable
from kuule.tables.request import Subpopulation, TableRequest
from kuule.tables.result import DataOrigin


@dataclass(frozen=True, slots=True)
class ReleasedReport:
    """What may be published, and the ledger entry that records it once its file exists."""

    tables: tuple[ReleasedTable, ...]
    origin: ReleasedOrigin
    entry: LedgerEntry
    rules: DisclosureRules
    earlier: tuple[ShownGroup, ...] = ()
    is_short: bool = False
    """Whether the report is short, and so without groups."""

    @property
    def is_suppressed(self) -> bool:
        """Whether the report is on a group that is not shown, so that none of its tables is."""
        return _is_hidden(self.origin)


def rules_of_dataset(dataset: Dataset) -> DisclosureRules:
    """The rules of a dataset's study, with what its codebook knows of its questions. Raises PublishingError
    REPORT_020."""
    codebook = dataset.codebook
    return disclosure_rules(dataset.study, codebook.rests_on, codebook.versions, coded=dataset.coded)


def count_for_release(
    dataset: Dataset, requests: Iterable[TableRequest], rules: DisclosureRules
) -> tuple[ReleaseCandidate, ...]:
    """Count the requested tables together with all others that disclosure control needs.

    Raises PublishingError REPORT_010 to REPORT_013, all at once.
    """
    requests = tuple(requests)
    check_requests(requests, dataset)
    required = required_tables(requests, rules, partial(column_codes, dataset=dataset))
    return release_candidates(requests, count_tables(dataset, required), rules)


def release_report(
    dataset: Dataset,
    template: ReportTemplate,
    within: Subpopulation | None,
    words: tuple[str, str],
    ledger: Ledger | None,
    also: Iterable[TableRequest] = (),
) -> ReleasedReport:
    """Release the tables of a report on everyone, or `within` a group. `words` are the language of the report and the
    hash of its text. `ledger` is None for practice. `also` are tables that go through the door with those of the text.

    Raises PublishingError REPORT_010 to REPORT_013, REPORT_022, REPORT_030, REPORT_031.
    """
    rules = rules_of_dataset(dataset)
    asked = tuple(each.with_subpopulation(within) for each in dict.fromkeys((*template.requests, *also)))
    exact = count_for_release(dataset, asked, rules)
    origin = exact[0].table.origin if exact else cleaned_origin(dataset)
    until = dataset.study.coming_back.withdraw_until
    known = {"language": words[0], "text": words[1], "kuule": version("kuule"), "until": str(until or "")}
    codings = {each.item: dataset.coded[each.item].coding_hash for each in asked if each.item in dataset.coded}
    counted = tuple(sorted(f"{item} {digits}" for item, digits in codings.items()))
    only = "" if within is None else str(within)
    entry = LedgerEntry.for_tables(origin, asked, rules, only=only, codings=counted, **known)
    before: tuple[ShownGroup, ...] = ()
    standing: LastPublished = {}
    if ledger is not None:
        ledger.check_entry(entry, rules)
        before, standing = ledger.earlier_shown_groups(entry), ledger.last_published_columns(entry)
    earlier = EarlierReleases(before, rules, standing)
    own = origin if within is None else origin_within(dataset, within)
    supersets = count_people(dataset, required_groups(within, rules))
    released = release_origin(own, rules, asked, supersets=supersets, earlier=earlier)
    short = is_short(template, released)
    tables = _in_the_report(release(exact, rules, earlier=earlier), released, short=short)
    noted = _noted(entry, own, released, (exact, tables), rules)
    return ReleasedReport(tables, released, noted, rules, before, short)


def _noted(
    entry: LedgerEntry,
    own: DataOrigin,
    origin: ReleasedOrigin,
    tables: tuple[Iterable[ReleaseCandidate], Sequence[ReleasedTable]],
    rules: DisclosureRules,
) -> LedgerEntry:
    """The entry with what the ledger should record of the tables in the report. `tables` are the counted ones, which
    may be more, and the released ones."""
    exact, released = tables
    tree, seen = GroupHierarchy(rules.groups, rules.versions), {table.request for table in released}
    anew = origin.responses is not None and not origin.responses_carried_from
    counted = (candidate for candidate in exact if candidate.request in seen)
    shown = (*((shown_responses(own, tree),) if anew else ()), *shown_groups(counted, released, rules))
    return entry.with_shown_groups(shown, published_columns(origin, released, tree))


def _in_the_report(
    tables: Iterable[ReleasedTable], origin: ReleasedOrigin, *, short: bool
) -> tuple[ReleasedTable, ...]:
    """The tables that a report shows. A report on a group that is not shown has none, even if one question had enough
    people. A short report has only those without groups. What nobody saw is not recorded as shown, and is never carried
    forward."""
    if _is_hidden(origin):
        return ()
    return tuple(table for table in tables if not short or table.request.cut is None)


def _is_hidden(origin: ReleasedOrigin) -> bool:
    """Whether the group that the report is on is not shown."""
    return origin.within is not None and origin.responses is None


def release_in_language(made: ReleasedReport, language: str, ledger: Ledger | None) -> ReleasedReport | None:
    """The same tables for a report in another language. None if they have to be released again, because other reports
    were made before this one was first made in that language."""
    entry = made.entry.with_language(language)
    if ledger is not None:
        ledger.check_entry(entry, made.rules)
        if ledger.earlier_shown_groups(entry) != made.earlier:
            return None
    return ReleasedReport(made.tables, made.origin, entry, made.rules, made.earlier, made.is_short)

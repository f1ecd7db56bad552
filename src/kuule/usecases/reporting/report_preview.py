"""What reports would show, and why not the rest (`kuule report --dry-run`). Nothing is written or recorded.

This works before the dataset is locked, so that a study can see whether it has enough answers. Like what is published,
it depends only on numbers with noise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kuule.dataset.coded_dataset import read_coded_dataset
from kuule.dataset.lifecycle.lock_marker import is_locked
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.disclosure.ledger import Ledger
from kuule.publishing.view.short_report import SHORT_BELOW
from kuule.tables.released import ReleasedOrigin, ReleasedTable, WithheldReason
from kuule.tables.request import Subpopulation
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.reporting.group_reports import parse_groups
from kuule.usecases.reporting.released_report import ReleasedReport, release_report
from kuule.usecases.reporting.translated_report import read_translated_report, translated_template


def preview_reports(
    dataset_folder: Path, only: Iterable[str] = (), text: Path | None = None, *, progress: ProgressListener = SILENT
) -> tuple[str, ...]:
    """Lines that say what a report on everyone, or a report on each group of `only`, would show.

    Raises PublishingError and StudyError as the report would: REPORT_001 to REPORT_013, REPORT_022, REPORT_030,
    REPORT_031, REPORT_034, REPORT_052.
    """
    dataset = read_coded_dataset(dataset_folder)
    if not (dataset.info.rehearsal or is_locked(dataset.path)):
        progress.note("the dataset is not locked: what is still taken back may change what is said here")
    groups = parse_groups(only, dataset) or (None,)
    return tuple(line for within in groups for line in preview_lines(_released(dataset, within, text)))


def _released(dataset: Dataset, within: Subpopulation | None, text: Path | None) -> ReleasedReport:
    translated, source = read_translated_report(dataset, text), dataset.info.source_language
    template = translated_template(translated, dataset.wording(source), dataset).with_subpopulation(within)
    ledger = None if dataset.info.rehearsal else Ledger.for_dataset(dataset.path, dataset.study.id)
    return release_report(dataset, template, within, (source, translated.hash), ledger)


def preview_lines(made: ReleasedReport) -> Iterator[str]:
    """Lines that say what these tables show, and why not the rest."""
    yield _heading(made.origin)
    if made.is_suppressed:
        yield from _reasons({made.origin.withheld_reason} - {None}, made.rules.smallest_base, made.rules.smallest_count)
        return
    if made.is_short:
        yield f"a short report, since it is on fewer than about {SHORT_BELOW}: without groups and without its text"
    tables = [table for table in made.tables if table.columns]
    withheld = [(table, _groups(table)) for table in tables]
    whole = sum(not groups and not _cells(table) for table, groups in withheld)
    none = sum(all(column.base is None for column in table.columns) for table in tables)
    yield f"tables: {len(tables)}, of which {whole} whole, {len(tables) - whole - none} in part, {none} not at all"
    shown = sum(column.base is not None for table in tables for column in table.columns)
    yield _counted("groups and rows", shown, Counter(why for _, groups in withheld for why in groups.values()))
    stands = sum(bool(column.carried_from) for table in tables for column in table.columns)
    if stands:
        yield f"of these as a report before showed them, since too few joined for new numbers: {stands}"
    numbers = sum(cell.count is not None for table in tables for column in table.columns for cell in column.cells)
    cells = sum((_cells(table) for table in tables), Counter[WithheldReason]())
    yield _counted("answers", numbers, cells)
    yield from (f"{table.request}: {said}" for table, groups in withheld if (said := _listed(table, groups)))
    met = {why for _, groups in withheld for why in groups.values()} | set(cells)
    yield from _reasons(met, made.rules.smallest_base, made.rules.smallest_count)


def _heading(origin: ReleasedOrigin) -> str:
    whom = "everyone" if origin.within is None else str(origin.within)
    if origin.responses is None:
        nothing = "" if origin.within is None else "nothing, "
        return f"report on {whom}: {nothing}its responses are not shown ({origin.withheld_reason})"
    of = f", as of dataset {origin.responses_carried_from}" if origin.responses_carried_from else ""
    return f"report on {whom}: about {origin.responses:,} responses{of}"


def _groups(table: ReleasedTable) -> dict[str, WithheldReason]:
    """The groups and rows that are not shown, each with the reason."""
    return {column.code or "everyone": column.withheld_reason for column in table.columns if column.withheld_reason} | {
        f"row {row}": why for row, why in table.withheld_row_reasons.items()
    }


def _cells(table: ReleasedTable) -> Counter[WithheldReason]:
    """How many answers are not shown, by reason. In a group that is not shown, these are all answers."""
    found: Counter[WithheldReason] = Counter()
    for column in table.columns:
        if column.withheld_reason is not None:
            found[column.withheld_reason] += len(table.rows)
        found.update(cell.withheld_reason for cell in column.cells if cell.withheld_reason is not None)
    return found


def _counted(what: str, shown: int, withheld: Counter[WithheldReason]) -> str:
    said = ", ".join(f"{why} {withheld[why]}" for why in WithheldReason if withheld[why])
    return f"{what}: {shown} shown, {withheld.total()} not" + (f" ({said})" if said else "")


def _listed(table: ReleasedTable, groups: dict[str, WithheldReason]) -> str:
    found = {str(why): [name for name, each in groups.items() if each is why] for why in WithheldReason}
    for column in table.columns:
        if column.carried_from:
            found.setdefault(f"as of dataset {column.carried_from}", []).append(column.code or "everyone")
    return "; ".join(f"{why}: {', '.join(names)}" for why, names in found.items() if names)


def _reasons(met: Iterable[WithheldReason | None], base: int, count: int) -> Iterator[str]:
    said = {
        WithheldReason.FEW: f"a group of fewer than {base} people, the noise reckoned in, or an answer of fewer than "
        f"{count}; of a sensitive question also a group that nearly all answered alike",
        WithheldReason.NEAR: f"a group that has fewer than {base} people less than one that holds it",
        WithheldReason.JOINED: f"fewer than {base} people joined since an earlier report showed the group, or one that "
        "holds it or that it holds, in this question or in one that tells the same answers",
        WithheldReason.ALIKE: f"an answer that all but fewer than {count} of the group gave",
    }
    yield from (f"{why} = {words}" for why, words in said.items() if why in met)

"""`kuule report DATASET --to DIR`: one HTML file that needs no script and no network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.voice import Exit, result
from kuule.cli.withdrawals import lists_of

NAME = "report.html"


def report_dataset(
    dataset: Annotated[Path, typer.Argument(help="The dataset folder that `kuule open` wrote.")],
    to: Annotated[Path, typer.Option(help="The folder that report.html is written into.")],
    archive: Annotated[
        list[Path] | None,
        typer.Option(help="The newest archive, before the dataset is locked: what was taken back is taken out first."),
    ] = None,
) -> int:
    """Build the report: counts go through the disclosure door first, so what is in it may be published."""
    result(str(write_report(dataset, to / NAME, archive or ())))
    return Exit.DONE


def write_report(dataset_folder: Path, out: Path, archives: Sequence[Path] = ()) -> Path:
    """Count, release, render. The file at `out` is replaced in one step, so that no reader sees half of one.

    What `archives` say was taken back is taken out of the dataset first. Raises ArchiveError DATA_015 where there are
    none and people were promised that.
    """
    from kuule.analysis.counting import count_tables  # slow: Polars; and only the analyst's role has it
    from kuule.dataset.forgetting import forget_rows
    from kuule.dataset.locking import check_may_be_published
    from kuule.dataset.read import read_dataset
    from kuule.disclosure.door import release, release_origin
    from kuule.disclosure.ledger import Ledger, Release
    from kuule.disclosure.rules import rules_of
    from kuule.publishing.report import render_report
    from kuule.publishing.template import read_template

    dataset = read_dataset(dataset_folder)
    if archives:
        lists = lists_of(archives, dataset.study.id)
        forget_rows(dataset_folder, frozenset[int]().union(*(one.row_ids for one in lists.values())))
        dataset = read_dataset(dataset_folder)
    else:
        check_may_be_published(dataset)
    template, rules = read_template(dataset.report), rules_of(dataset.study)
    tables = release(count_tables(dataset, template.requests), rules)
    wording = dataset.codebook.wording(dataset.info.source_language)
    html = render_report(template, tables, wording, release_origin(dataset.origin, rules))
    if not dataset.info.rehearsal:
        Ledger.beside(dataset_folder, dataset.study.id).enter(Release.of(dataset.origin, template.requests, rules))
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f"{out.name}.part")
    part.write_text(html, encoding="utf-8")
    part.replace(out)
    return out

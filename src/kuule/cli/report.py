"""`kuule report DATASET --to DIR`: one HTML file that needs no script and no network; `--audit`: what it tells."""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.voice import Exit, result, working
from kuule.errors import KuuleError, Problem

NAME = "report.html"


def report_dataset(
    dataset: Annotated[Path, typer.Argument(help="The dataset folder that `kuule open` wrote.")],
    to: Annotated[Path | None, typer.Option(help="The folder that report.html is written into.")] = None,
    audit: Annotated[
        bool, typer.Option("--audit", help="Simulate an attack on what is published of it, and say what it finds.")
    ] = False,
) -> int:
    """Build the report: counts go through the disclosure door first, so what is in it may be published."""
    if to is None and not audit:
        cause = "it is not said where the report is to be written"
        raise KuuleError(Problem("CLI_022", "kuule report", cause, "give --to, or --audit, or both"))
    if to is not None:
        result(str(write_report(dataset, to / NAME)))
    if audit:
        with working("simulating an attack"):
            lines = audit_report(dataset)
        result(*lines)
    return Exit.DONE


def audit_report(dataset_folder: Path) -> tuple[str, ...]:
    """What a simulated attack on the report of a dataset finds, with all releases so far, in lines. Nothing is written.

    Raises PublishingError REPORT_001 to REPORT_012 and REPORT_022 as the report would, REPORT_031.
    """
    from kuule.analysis.counting import count_tables  # slow: Polars; and only the analyst's role has it
    from kuule.dataset.read import read_dataset
    from kuule.disclosure.audit import Attack, audit, in_words
    from kuule.disclosure.door import looks, release
    from kuule.disclosure.ledger import Ledger
    from kuule.disclosure.rules import rules_of
    from kuule.publishing.made import template_for

    dataset = read_dataset(dataset_folder)
    wording, rules = dataset.wording(dataset.info.source_language), rules_of(dataset.study)
    requests = template_for(dataset.report, wording).requests
    release(count_tables(dataset, requests), rules)
    known = Ledger.beside(dataset_folder, dataset.study.id).releases()
    locks = len({entry.dataset for entry in known} | {dataset.info.version})
    tables = max(looks(requests, rules).values(), default=1)
    attack = Attack(rules, dataset.info.responses, tables, locks)
    return tuple(in_words(attack, audit(attack)))


def write_report(dataset_folder: Path, out: Path) -> Path:
    """Count, release, render. The file at `out` is replaced in one step, so that no reader sees half of one.

    Raises ArchiveError DATA_015 where real answers are not locked; practice needs no lock, and says what it is.
    """
    from kuule.analysis.counting import count_tables  # slow: Polars; and only the analyst's role has it
    from kuule.dataset.cleaning import cleaned_origin
    from kuule.dataset.locking import check_may_be_published
    from kuule.dataset.read import read_dataset
    from kuule.disclosure.door import release, release_origin
    from kuule.disclosure.ledger import Ledger, Release
    from kuule.disclosure.rules import rules_of
    from kuule.publishing.made import template_for
    from kuule.publishing.report import report_view
    from kuule.publishing.report_html import report_html

    dataset = read_dataset(dataset_folder)
    check_may_be_published(dataset)
    wording, rules = dataset.wording(dataset.info.source_language), rules_of(dataset.study)
    template = template_for(dataset.report, wording)
    tables = release(count_tables(dataset, template.requests), rules)
    origin = cleaned_origin(dataset)
    html = report_html(report_view(template, tables, wording, release_origin(origin, rules, template.requests)))
    if not dataset.info.rehearsal:
        file, kuule = sha256(html.encode()).hexdigest(), version("kuule")
        entry = Release.of(origin, template.requests, rules, report=file, kuule=kuule)
        Ledger.beside(dataset_folder, dataset.study.id).enter(entry)
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f"{out.name}.part")
    part.write_text(html, encoding="utf-8")
    part.replace(out)
    return out

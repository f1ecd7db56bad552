"""`kuule report DATASET --to DIR`: one HTML file that needs no script and no network; `--audit`: what it tells."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.voice import Exit, result, say, working
from kuule.errors import KuuleError, Problem, PublishingError
from kuule.tables.request import Within

NAME = "report.html"


def report_dataset(
    dataset: Annotated[Path, typer.Argument(help="The dataset folder that `kuule open` wrote.")],
    to: Annotated[Path | None, typer.Option(help="The folder that report.html is written into.")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GROUP=MEMBER",
            help="A report on one group alone, such as residence_region=nordic or @link=k7; once for each.",
        ),
    ] = None,
    rebuild: Annotated[
        str | None,
        typer.Option(metavar="SHA256", help="Make a file again that the ledger notes, and say whether it is the same."),
    ] = None,
    audit: Annotated[
        bool, typer.Option("--audit", help="Simulate an attack on what is published of it, and say what it finds.")
    ] = False,
) -> int:
    """Build the report: counts go through the disclosure door first, so what is in it may be published."""
    if to is None and not audit:
        cause = "it is not said where the report is to be written"
        raise KuuleError(Problem("CLI_022", "kuule report", cause, "give --to, or --audit, or both"))
    if to is not None and rebuild is not None:
        result(str(rebuild_report(dataset, to, rebuild)))
    elif to is not None and only:
        result(*map(str, write_editions(dataset, to, only)))
    elif to is not None:
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
    from kuule.disclosure.door import release
    from kuule.disclosure.ledger import Ledger
    from kuule.disclosure.looks import looks
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


def rebuild_report(dataset_folder: Path, folder: Path, report: str) -> Path:
    """Make again, into `folder`, the file with this SHA-256 from what the ledger says of it.

    Raises PublishingError REPORT_032 where there is no such file in the ledger, REPORT_033 where this dataset or its
    text is another one, or where the file came out otherwise; then it is not kept.
    """
    from kuule.cli.editions import file_stem  # slow: Polars; and only the analyst's role has it
    from kuule.dataset.read import read_dataset
    from kuule.disclosure.ledger import Ledger

    dataset = read_dataset(dataset_folder)
    noted = Ledger.beside(dataset_folder, dataset.study.id).find(report)
    if (noted.dataset, noted.text) != (dataset.info.version, sha256(dataset.report.encode()).hexdigest()):
        raise _not_the_same(f"it was made of dataset {noted.dataset} and another text", "give the dataset it names")
    within = Within.read(noted.only) if noted.only else None
    out = write_report(dataset_folder, folder / f"{file_stem(within)}.html", within)
    if sha256(out.read_bytes()).hexdigest() != noted.report:
        out.unlink()
        raise _not_the_same("it came out otherwise", f"use Kuule {noted.kuule}, which made it")
    return out


def _not_the_same(cause: str, remedy: str) -> PublishingError:
    return PublishingError(Problem("REPORT_033", "kuule report --rebuild", cause, remedy))


def write_editions(dataset_folder: Path, folder: Path, only: Iterable[str]) -> tuple[Path, ...]:
    """A report on each of the groups, into files that are called after them.

    Raises PublishingError REPORT_013, before any is written, and what `write_report` raises.
    """
    from kuule.cli.editions import file_stem, read_only  # slow: Polars; and only the analyst's role has it
    from kuule.dataset.read import read_dataset

    groups = read_only(only, read_dataset(dataset_folder))
    return tuple(write_report(dataset_folder, folder / f"{file_stem(group)}.html", group) for group in groups)


def write_report(dataset_folder: Path, out: Path, within: Within | None = None) -> Path:
    """Count, release, render: a report on everyone, or on the people within a group. The file at `out` is replaced in
    one step, so that no reader sees half of one.

    Raises ArchiveError DATA_015 where real answers are not locked; practice needs no lock, and says what it is.
    """
    from kuule.cli.releasing import publish  # slow: Polars; and only the analyst's role has it
    from kuule.dataset.locking import check_may_be_published
    from kuule.dataset.read import read_dataset
    from kuule.disclosure.ledger import Ledger
    from kuule.publishing.hollow import hollow
    from kuule.publishing.made import template_for
    from kuule.publishing.report import report_view
    from kuule.publishing.report_html import report_html

    dataset = read_dataset(dataset_folder)
    check_may_be_published(dataset)
    language = dataset.info.source_language
    wording = dataset.wording(language)
    template = template_for(dataset.report, wording)
    ledger = None if dataset.info.rehearsal else Ledger.beside(dataset_folder, dataset.study.id)
    made = publish(dataset, template.requests, within, language, ledger)
    if made.hollow:
        say(f"{within} is not shown: {out.name} says so, and nothing else")
        template = hollow(made.origin, language)
    html = report_html(report_view(template, made.tables, wording, made.origin))
    if ledger is not None:
        ledger.enter(made.entry.filed(html.encode()), made.rules)
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f"{out.name}.part")
    part.write_text(html, encoding="utf-8")
    part.replace(out)
    return out

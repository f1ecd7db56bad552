"""`kuule analyse DATASET --to DIR`: differences, intervals and tests, for the analyst's eyes, not to be published."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, say, spinner, stop_on_signals
from kuule.core.problems import KuuleError, Problem, StudyError
from kuule.study.settings.analysis_plan import ANALYSIS_PLAN_FILE, PlannedTable, read_analysis_plan


def analyse_dataset(
    dataset: Annotated[Path, typer.Argument(help="The dataset folder that `kuule open` wrote.")],
    to: Annotated[Path, typer.Option(help="The folder to write.")],
    plan: Annotated[Path | None, typer.Option(help="A plan (analysis.toml) to use instead of the study's own.")] = None,
    item: Annotated[str, typer.Option(help="One question, without a plan.")] = "",
    by: Annotated[str, typer.Option(help="A group or question whose groups are compared.")] = "",
    within: Annotated[list[str] | None, typer.Option(help="Compare within the groups of this one; repeatable.")] = None,
    against: Annotated[str, typer.Option(help="The group to compare with; the first if none is given.")] = "",
) -> int:
    """Compare groups, with sizes, intervals and tests. For the analyst only: it goes through no disclosure control."""
    from kuule.analysis.inference.analysis_run import analyse
    from kuule.analysis.inference.output.analysis_files import (
        write_analysis,  # slow: Polars, SciPy; and only the analyst's role has them
    )
    from kuule.dataset.lifecycle.lock_marker import is_locked
    from kuule.dataset.schema.dataset_reader import check_unchanged, read_dataset

    asked = PlannedTable(item, by, tuple(within or ()), against)
    found = read_dataset(dataset)
    tables = _tables(asked, plan, found.plan)
    with stop_on_signals(), spinner("counting and comparing"):
        analysis = analyse(found, tables)
        check_unchanged(found)
        write_analysis(analysis, to)
    print_result(str(to))
    made = sum(test.chance_p is not None for test in analysis.findings.tests)
    say(f"for the analyst only: no disclosure control. Tables: {len(tables)}; tests: {made}, all corrected together")
    if not found.info.rehearsal and not is_locked(dataset):
        say("not locked: what people take back from now on stays counted in this copy; delete it then, and do it again")
    return Exit.DONE


def _tables(asked: PlannedTable, plan: Path | None, frozen: str) -> Sequence[PlannedTable]:
    """What one is asked for, in a plan of the analyst's, or in that which was frozen with the study.

    Raises KuuleError CLI_030 (both, or nothing), StudyError as `read_analysis_plan`.
    """
    if asked != PlannedTable(""):
        if plan is not None:
            raise _unclear("both a plan and a single table are given", "give --plan, or --item with its groups")
        if not asked.item:
            raise _unclear("groups are given, and no question", "name the question with --item")
        return _one(asked)
    if plan is not None:
        return read_analysis_plan(_text(plan), plan.name)
    if not frozen:
        raise _unclear(
            "there is nothing to analyse: the study was frozen without a plan", "give --plan, or --item with its groups"
        )
    return read_analysis_plan(frozen)


def _one(asked: PlannedTable) -> Sequence[PlannedTable]:
    """One table, held to the same rules as those of a plan. Raises KuuleError CLI_030."""
    for _, cause, remedy in asked.contradictions():
        raise _unclear(cause, remedy)
    return (asked,)


def _text(plan: Path) -> str:
    try:
        return plan.read_text("utf-8")
    except UnicodeDecodeError:
        raise StudyError(
            Problem("STUDY_008", plan.name or ANALYSIS_PLAN_FILE, "it is not UTF-8", "save it as UTF-8")
        ) from None


def _unclear(cause: str, remedy: str) -> KuuleError:
    return KuuleError(Problem("CLI_030", "kuule analyse", cause, remedy))

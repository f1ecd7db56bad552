"""Differences, intervals and tests for the analyst's eyes only: they have not passed disclosure control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kuule.analysis.inference.analysis_run import analyse
from kuule.analysis.inference.output.analysis_files import write_analysis
from kuule.core.problems import KuuleError, Problem, StudyError
from kuule.dataset.lifecycle.lock_marker import is_locked
from kuule.dataset.schema.dataset_reader import check_unchanged, read_dataset
from kuule.study.settings.analysis_plan import ANALYSIS_PLAN_FILE, PlannedTable, read_analysis_plan
from kuule.usecases.progress import SILENT, ProgressListener


@dataclass(frozen=True, slots=True)
class AnalysisWritten:
    """How many tables and tests were written. With `open_to_withdrawal` the answers are real and the dataset is not
    locked: responses that people withdraw from now on stay counted in this copy."""

    tables: int
    tests: int
    open_to_withdrawal: bool


def analyse_dataset(
    dataset: Path,
    to: Path,
    *,
    planned: PlannedTable | None = None,
    plan: Path | None = None,
    progress: ProgressListener = SILENT,
) -> AnalysisWritten:
    """Compare groups, and write the findings into the folder `to`: for one table, or for the tables of a plan, by
    default of the plan that was frozen with the study.

    Raises KuuleError CLI_030 (both or neither are given, or groups contradict each other), StudyError (the plan),
    ArchiveError (the dataset; DATA_024 if it was changed meanwhile).
    """
    found = read_dataset(dataset)
    tables = _tables(planned, plan, found.plan)
    with progress.spinner("counting and comparing"):
        analysis = analyse(found, tables)
        check_unchanged(found)
        write_analysis(analysis, to)
    tests = sum(test.chance_p is not None for test in analysis.findings.tests)
    return AnalysisWritten(len(tables), tests, not (found.info.rehearsal or is_locked(dataset)))


def _tables(asked: PlannedTable | None, plan: Path | None, frozen: str) -> Sequence[PlannedTable]:
    """The table that is asked for, or the tables of the analyst's plan, or those of the plan frozen with the study.

    Raises KuuleError CLI_030 (both or neither are given), and StudyError like `read_analysis_plan`.
    """
    if asked is not None:
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
    """The one table that is asked for, under the same rules as the tables of a plan. Raises KuuleError CLI_030."""
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

"""Measures one step of a visit in this process: what the form engine alone needs between two pages."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.questionnaires import long_form
from bench.yardstick import Figure
from kuule.forms.compile.form import Form, compile_form
from kuule.forms.instance.response import Response
from kuule.forms.instance.response_tree import ResponseData
from kuule.forms.navigation.journey import Journey
from kuule.forms.navigation.page import Page
from kuule.forms.navigation.visit import Move, Visit
from kuule.forms.xlsform.converter import read_xlsform

TODAY = date(2026, 11, 24)
Row = tuple[str, str]


def measure(rounds: int = 600) -> list[Row]:
    """Rows of the table: 300 questions, 100 relevances, half of them answered."""
    began, cores = time.perf_counter(), time.process_time()
    form = _form(long_form())
    compiling, computing = time.perf_counter() - began, time.process_time() - cores
    journey = Journey(form, {})
    visit = _half_way(journey)
    page = journey.page(visit, TODAY)
    if not isinstance(page, Page):
        raise TypeError("half way through there is a page")
    posted = {question.field: ["c1"] for question in page.questions}
    given = ResponseData(visit.answers, visit.counts, visit.fixed, visit.seed)
    return [
        ("form", f"{len(form.items)} questions, {len(form.relevant)} relevances, {len(visit.answers)} answers"),
        ("convert and compile the form", Figure(f"{compiling:.2f} s", computing, "D")),
        ("a step", _times(lambda: journey.step(visit, Move.NEXT, page.key, posted, today=TODAY), rounds)),
        ("  of it, building and computing", _times(lambda: Response.rebuild(form, given, today=TODAY), rounds)),
        ("show a page again", _times(lambda: journey.page(visit, TODAY), rounds)),
    ]


def _form(table: str) -> Form:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.md"
        path.write_text(table, "utf-8")
        return compile_form(read_xlsform(path).xform)


def _half_way(journey: Journey) -> Visit:
    visit = journey.begin(1, TODAY)
    while len(visit.answers) < len(journey.form.items) // 2:
        page = journey.page(visit, TODAY)
        if not isinstance(page, Page):
            break
        posted = {question.field: ["c1"] for question in page.questions}
        visit = journey.step(visit, Move.NEXT, page.key, posted, today=TODAY).visit
    return visit


def _times(work: Callable[[], object], rounds: int) -> Figure:
    """The median, the fastest and the 95th percentile. The first rounds are only to warm up."""
    for _ in range(rounds // 10):
        work()
    gc.collect()
    times, cores = [], []
    for _ in range(rounds):
        began, spent = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - began) * 1000)
        cores.append(time.process_time() - spent)
    times.sort()
    most = times[len(times) * 95 // 100]
    words = f"median {statistics.median(times):.2f} ms, fastest {times[0]:.2f}, 95 % under {most:.2f}"
    return Figure(words, statistics.median(cores), "D")

"""Measures the report of a study in all its languages, as pages and PDFs, from practice answers that are made here."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.datasets import make_opened_dataset
from bench.drawn_answers import draw_answer
from bench.yardstick import Figure
from kuule.dataset.schema.columns import DatasetVariable, dataset_variables
from kuule.forms.record import Record
from kuule.forms.types.type_registry import question_type
from kuule.opening.private_key import PrivateKey
from kuule.study.edition.study_edition import Edition
from kuule.study.freeze import freeze
from kuule.study.settings.rehearsal_settings import read_rehearsal_settings
from kuule.tables.missing import Missing
from kuule.usecases.reporting.make_reports import ReportOptions, write_reports

Row = tuple[str, str]
_STUDY = Path(__file__).parent.parent / "studies" / "our-voice"
_RESPONSES = 22_285
"""As many as the largest survey of this kind had."""
_PASSED_OVER = 0.05
_MIB = 1024


def responses(edition: Edition, number: int, seed: int = 1) -> Iterator[Record]:
    """The records of this many people who do not exist. Every question is answered with the weights of the study's
    rehearsal, even if the form would not have asked it."""
    chance = random.Random(seed)  # noqa: S311 -- people who do not exist
    asked = [each for each in dataset_variables([edition]) if each.control is not None and not each.repeats]
    weights = read_rehearsal_settings(edition.rehearsal_weights).answers
    for _ in range(number):
        answers = {each.path: _answer(each, weights.get(each.name, {}), chance) for each in asked}
        given = {path: value for path, value in answers.items() if value}
        missing = {path: Missing.PASSED_OVER for path, value in answers.items() if not value}
        language, week = chance.choice(edition.languages), f"2026-W{chance.randrange(10, 40)}"
        yield Record(edition.study.id, edition.id, language, "", week, given, missing)


def _answer(variable: DatasetVariable, weights: Mapping[str, float], chance: random.Random) -> str:
    if chance.random() < _PASSED_OVER:
        return ""
    asked = question_type(variable.control)
    if not asked.is_countable or asked.has_bounds:  # a range has its ends from the form, which a variable does not know
        return ""
    return draw_answer(asked, variable.substantive, chance, weights)


def measure(number: int = _RESPONSES) -> list[Row]:
    """Rows of the table: counting, disclosure control, and making two files for each language, in two processes."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        key = PrivateKey.generate(bytes(32), rehearsal=True)
        edition = freeze(_STUDY, key.public, place / "edition", drafts=True)
        make_opened_dataset(responses(edition, number), edition, key, place / "dataset")
        before, began = _seconds_of_cores(), time.perf_counter()
        options = ReportOptions(("all",), drafts=True, pdf=True)
        written = write_reports(place / "dataset", place / "report.html", options=options)
        took, cores = time.perf_counter() - began, _seconds_of_cores() - before
        pages = written.pages
        pdfs = [page.with_suffix(".pdf") for page in pages if page.with_suffix(".pdf").exists()]
        size = sum(file.stat().st_size for file in (*pages, *pdfs))
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return [
        (f"a report of {number:,} responses", Figure(f"{took:.1f} s, {cores:.1f} s of a core", cores, "D")),
        ("  languages, each as a page and a PDF", f"{len(pages)} and {len(pdfs)}, {size / _MIB**2:.0f} MiB"),
        ("  most memory of one process", f"{most / _MIB:.0f} MiB"),
        *((f"  {problem.code}", problem.cause) for problem in dict.fromkeys(written.pdf_problems)),
    ]


def _seconds_of_cores() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)

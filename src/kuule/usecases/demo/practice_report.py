"""The report of the demo, made again from all that has been sent, with a sentence on what is new in it."""

from __future__ import annotations

import threading
from pathlib import Path

from kuule.core.problems import KuuleError
from kuule.rehearsal.crowd import Crowd, RehearsalCounts
from kuule.usecases.analysing.open_archives import OpenedArchives, open_archive_file
from kuule.usecases.collecting.archive_answers import archive_answers
from kuule.usecases.demo.practice_folder import PracticeFolder
from kuule.usecases.key_custody.key_files import read_private_key
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.reporting.make_reports import ReportOptions, write_reports


class PracticeReport:
    """Archives, opens and reports, each time replacing the earlier files. `people` is how many generated respondents
    had come by the last report."""

    def __init__(self, practice: PracticeFolder, crowd: Crowd, progress: ProgressListener) -> None:
        self._practice = practice
        self._crowd = crowd
        self._progress = progress
        self._of_crowd = 0
        self._others = 0
        self._translated: set[str] = set()
        self._turn = threading.Lock()
        """Whoever has it reads or replaces the dataset and its report."""
        self.people = 0

    def make(self, *, first: bool = False) -> None:
        """Make the report from all that has been sent. The crowd is suspended while answers are archived and, for the
        first report, until the report is ready, so that it is ready sooner."""
        with self._progress.spinner("archiving, opening and counting"):
            with self._crowd.suspend() as rehearsed:
                envelopes = self._archive(rehearsed, first=first)
                if first:
                    self._open_and_count(envelopes, rehearsed)
            if not first:
                self._open_and_count(envelopes, rehearsed)

    def in_language(self, tag: str) -> Path:
        """The page of the last report in another language of the study, made when it is first asked for, with a PDF
        beside it. Any thread may ask. What cannot be made is said, and the page in the study's own language given."""
        page = self._page.with_suffix(f".{tag}.html")
        with self._turn:
            if tag not in self._translated:
                try:
                    options = ReportOptions((tag,), drafts=True, pdf=True)
                    write_reports(self._practice.dataset, page, options=options, progress=SILENT)
                except KuuleError as error:
                    self._progress.warn(error.problems)
                    return self._page
                self._translated.add(tag)
        return page

    @property
    def _page(self) -> Path:
        return self._practice.report / "index.html"

    def _archive(self, rehearsed: RehearsalCounts, *, first: bool) -> int:
        practice = self._practice
        self.people = rehearsed.people
        if first:
            self._progress.note(f"4/7 {rehearsed.people:,} people who do not exist came: {rehearsed}")
        return archive_answers(
            practice.edition, practice.database, practice.archive, replace=True, progress=self._progress
        )

    def _open_and_count(self, envelopes: int, rehearsed: RehearsalCounts) -> None:
        with self._turn:
            self._translated.clear()
            self._count_again(envelopes, rehearsed)

    def _count_again(self, envelopes: int, rehearsed: RehearsalCounts) -> None:
        practice = self._practice
        self._progress.note(
            f"5/7 {envelopes:,} sealed answers archived, {practice.archive.stat().st_size / 1e6:.1f} MB"
        )
        keys = [read_private_key(path) for path in sorted(practice.keys.glob("*.secret-key"))]
        opening = open_archive_file(practice.archive, keys, practice.dataset)
        self._say_opened(opening, rehearsed.sent)
        written = write_reports(practice.dataset, self._page, options=ReportOptions(pdf=True), progress=self._progress)
        [page] = written.pages
        self._progress.note(
            "7/7 the report is built" + ("" if written.pdf_problems else f", also as {page.with_suffix('.pdf')}")
        )
        self._progress.warn(written.pdf_problems)

    def _say_opened(self, opening: OpenedArchives, of_crowd: int) -> None:
        """Say how many answers were opened. Those that did not come from the crowd are from the visitor."""
        others = opening.responses + len(opening.unopened) - of_crowd
        new = new_answers_in_words(of_crowd - self._of_crowd, others - self._others)
        self._of_crowd, self._others = of_crowd, others
        self._progress.note(
            f"6/7 {opening.responses:,} opened with the key, {len(opening.unopened):,} could not be opened; {new}"
        )
        for left in opening.unopened:
            self._progress.note(f"  {left}")


def new_answers_in_words(of_crowd: int, others: int) -> str:
    """A text that says how many answers are new and how many of them are the visitor's own. Responses withdrawn since
    the last report do not count."""
    if others < 0:
        taken = f"{-others:,} of yours taken back"
        return f"{_new(of_crowd)}, {taken}"
    if not others:
        return f"{_new(of_crowd)}, none of them yours" if of_crowd > 0 else "no new answers"
    new = max(of_crowd, 0) + others
    if new == 1:
        return "1 new answer: yours"
    return f"{_new(new)}, " + ("yours among them" if others in (1, new) else f"{others:,} of yours among them")


def _new(count: int) -> str:
    return "no new answers" if count <= 0 else f"{count:,} new answer" + ("" if count == 1 else "s")

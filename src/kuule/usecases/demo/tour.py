"""The tour: one page that leads through all faces of Kuule and says what of them is ready, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kuule.languages.cldr.numbers import format_number
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.usecases.demo.practice_folder import PracticeFolder
from kuule.usecases.demo.tour_commands import PREVIEW_PORT, WORKBENCH_PORT, tour_commands
from kuule.usecases.demo.tour_drawing import TourPage, draw_page, tutorial_file


@dataclass(frozen=True, slots=True)
class TourState:
    """What of the demo is ready."""

    survey: bool = False
    languages: tuple[str, ...] = ()
    """Those of the survey and the report, the study's own first."""
    reported: int = 0
    """How many people who do not exist had come by the last report; 0 if there is none yet."""
    handed_over: bool = False
    """Whether the codebook and the copy of the study are there, or could not be made."""


class Tour:
    """The page, and what it knows of the run. The thread that runs the demo tells it; those that serve it ask."""

    def __init__(self, practice: PracticeFolder, *, port: int, report: str, people: int, first: int) -> None:
        self._practice = practice
        self._port, self._report = port, report
        self._people, self._first = people, first
        self._state = TourState()
        self._translate_report: Callable[[str], Path] | None = None

    def tell(self, **ready: Any) -> None:
        """Say what has become ready: fields of `TourState`."""
        self._state = replace(self._state, **ready)

    def translate_report_by(self, translate: Callable[[str], Path]) -> None:
        """Say what makes the page of the report in a language of the survey, beside the first one."""
        self._translate_report = translate

    def codebook_page(self) -> str | None:
        """The page that the export made; None before."""
        pages = sorted(self._practice.export.glob("*codebook.html")) if self._state.handed_over else []
        return pages[0].read_text("utf-8") if pages else None

    def report_address(self, tag: str, ending: str = ".html") -> str | None:
        """Where the report is in this language, which is made now, or its PDF; None where the study does not have the
        language. What cannot be made is not there: then the report is in the study's own language."""
        if self._translate_report is None or tag not in self._state.languages:
            return None
        page = self._translate_report(tag).with_suffix(ending)
        return self._report + (page.name if page.is_file() else "")

    def page(self, tag: str = SOURCE_LANGUAGE, path: str = "/") -> str:
        """The page as HTML in a language of `tour_languages`, as things are now. `path` is where it was asked for."""
        state, practice = self._state, self._practice
        offered = tag in state.languages
        report = f"/{tag}/report" if offered and tag != state.languages[0] else self._report
        return draw_page(
            "tour.html",
            TourPage(tag, path),
            state=state,
            all_made=state.survey and state.reported and state.handed_over,
            has_codebook=self.codebook_page() is not None,
            has_study=(practice.study / "study.toml").is_file(),
            has_pdf=(practice.report / "index.pdf").is_file(),
            practice=practice,
            survey=f"http://127.0.0.1:{self._port}/{tag if offered else ''}",
            report=report,
            pdf=f"{report}.pdf" if report.startswith("/") else f"{report}index.pdf",
            people=format_number(self._people, tag),
            first=format_number(min(self._first, self._people), tag),
            reported=format_number(state.reported, tag),
            commands=tour_commands(practice, self._port),
            workbench=f"http://localhost:{WORKBENCH_PORT}",
            preview=f"http://127.0.0.1:{PREVIEW_PORT}/preview",
            here=str(Path.cwd()),
            has_tutorial=tutorial_file() is not None,
        )

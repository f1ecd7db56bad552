"""The tour: one page that leads through all faces of Kuule and says what of them is ready."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kuule.usecases.demo.practice_folder import PracticeFolder
from kuule.usecases.demo.tour_commands import PREVIEW_PORT, WORKBENCH_PORT, tour_commands
from kuule.usecases.demo.tour_drawing import draw_page, tutorial_file


@dataclass(frozen=True, slots=True)
class TourState:
    """What of the demo is ready."""

    survey: bool = False
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

    def tell(self, **ready: Any) -> None:
        """Say what has become ready: fields of `TourState`."""
        self._state = replace(self._state, **ready)

    def codebook_page(self) -> str | None:
        """The page that the export made; None before."""
        pages = sorted(self._practice.export.glob("*codebook.html")) if self._state.handed_over else []
        return pages[0].read_text("utf-8") if pages else None

    def page(self) -> str:
        """The page as HTML, as things are now."""
        state, practice = self._state, self._practice
        return draw_page(
            "tour.html",
            state=state,
            all_made=state.survey and state.reported and state.handed_over,
            has_codebook=self.codebook_page() is not None,
            has_study=(practice.study / "study.toml").is_file(),
            has_pdf=(practice.report / "index.pdf").is_file(),
            practice=practice,
            survey=f"http://127.0.0.1:{self._port}",
            report=self._report,
            people=f"{self._people:,}",
            first=f"{min(self._first, self._people):,}",
            reported=f"{state.reported:,}",
            commands=tour_commands(practice, self._port),
            workbench=f"http://localhost:{WORKBENCH_PORT}",
            preview=f"http://127.0.0.1:{PREVIEW_PORT}/preview",
            here=str(Path.cwd()),
            has_tutorial=tutorial_file() is not None,
        )

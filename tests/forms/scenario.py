"""A form as a Markdown table, and a person who goes through it: visit, answer, next, sees."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from kuule.forms.compile.form import Form, compile_form
from kuule.forms.compile.page_layout import ElementPlace
from kuule.forms.navigation.journey import Ending, Gate, Journey, JourneyStep
from kuule.forms.navigation.page import Note, Page, PageHeading, Question, RepeatControls
from kuule.forms.navigation.visit import Move, Visit
from kuule.forms.record import Record, build_record
from kuule.forms.xlsform.converter import ConvertedForm, read_xlsform

TODAY = date(2026, 11, 24)


def converted(table: str, files: Mapping[str, str] | None = None) -> ConvertedForm:
    """The XLSForm of a Markdown table, with files beside it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.md"
        path.write_text(textwrap.dedent(table))
        for name, content in (files or {}).items():
            (Path(folder) / name).write_text(content)
        return read_xlsform(path)


def form_of(table: str, files: Mapping[str, str] | None = None) -> Form:
    """The compiled form of a Markdown table."""
    read = converted(table, files)
    assert read.xform, read.problems
    return compile_form(read.xform, read.places)


def laid_out_by_walks(form: Form) -> Form:
    """The same form, of which nothing is known before each response is walked through."""
    walked = copy(form)
    places = tuple(ElementPlace(one, form.model.path) for one in form.body.elements)
    object.__setattr__(walked, "page_layout", places)
    return walked


@dataclass
class Scenario:
    """One person. Questions are named as in the form; `child[2]/name` is one in a repeat."""

    form: Form
    texts: dict[str, str] = field(default_factory=dict)
    gates: Sequence[Gate] = ()
    seed: int = 1
    longest_text: int = 2000
    today: date = TODAY
    typed: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.journey = Journey(self.form, self.texts, gates=self.gates, longest_text=self.longest_text)
        self.visit: Visit = self.journey.begin(self.seed, self.today)
        shown = self.journey.page(self.visit, self.today)
        self.page: Page | None = shown if isinstance(shown, Page) else None
        self.ending: Ending | None = shown if isinstance(shown, Ending) else None

    # What a person does -----------------------------------------------------------------------------------------

    def answer(self, name: str, *values: str) -> Scenario:
        """Type or choose on the page that is shown."""
        self.typed[self.question(name).field] = list(values)
        return self

    def next(self) -> Scenario:
        return self.go(Move.NEXT)

    def back(self) -> Scenario:
        return self.go(Move.BACK)

    def go(self, move: Move, target: str = "") -> Scenario:
        """Press a button. What was on the page and not changed is posted as it stood, as a browser does."""
        assert self.page is not None
        fields = {one.field: list(one.typed) for one in self.page.questions if one.typed} | self.typed
        return self.post(move, self.page.key, fields, target)

    def post(self, move: Move, key: str, fields: dict[str, list[str]], target: str = "") -> Scenario:
        """Post any page with any fields."""
        step: JourneyStep = self.journey.step(self.visit, move, key, fields, today=self.today, target=target)
        self.visit, self.page, self.ending, self.typed = step.visit, step.page, step.ending, {}
        return self

    # What a person sees -----------------------------------------------------------------------------------------

    def question(self, name: str) -> Question:
        assert self.page is not None, f"the visit has ended: {self.ending}"
        found = [one for one in self.page.questions if one.path.endswith(f"/{name}")]
        assert found, f"{name} is not on the page; there are {self.sees}"
        return found[0]

    @property
    def sees(self) -> list[str]:
        """The names of the questions on the page."""
        return [] if self.page is None else [one.path.rpartition("/")[2] for one in self.page.questions]

    @property
    def reads(self) -> list[str]:
        """All labels on the page in order."""
        assert self.page is not None
        return [part.label for part in self.page.parts if isinstance(part, Question | Note | PageHeading)]

    @property
    def buttons(self) -> list[str]:
        """The places of what can be added (+) and removed (-)."""
        assert self.page is not None
        controls = [part for part in self.page.parts if isinstance(part, RepeatControls)]
        return [f"-{one.removes}" if one.removes else f"+{one.path}" for one in controls]

    @property
    def unfit(self) -> dict[str, str]:
        """Question and why its answer does not fit."""
        assert self.page is not None
        return {one.path.rpartition("/")[2]: str(one.violation.kind) for one in self.page.questions if one.violation}

    @property
    def fresh(self) -> list[str]:
        assert self.page is not None
        return [one.path.rpartition("/")[2] for one in self.page.questions if one.fresh]

    @property
    def record(self) -> Record:
        return build_record(
            self.form,
            self.visit,
            study="s",
            edition="e",
            language="en",
            link="",
            week="2026-W48",
            today=self.today,
            longest_text=self.longest_text,
        )

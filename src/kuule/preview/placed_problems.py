"""Where in the questionnaire a problem is: at a question, on a page, or nowhere that a person would see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kuule.core.problems import Problem
from kuule.forms.compile.form import Form
from kuule.forms.xlsform.workbook import Workbook
from kuule.study.folder.questionnaire import Questionnaire, questionnaire_from_workbook


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """A problem with the path of the question that it belongs to, and the key of that question's page; "" for neither.
    `name` is the question's."""

    problem: Problem
    path: str = ""
    page: str = ""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def cause(self) -> str:
        """The cause as a sentence."""
        return _sentence(self.problem.cause)

    @property
    def remedy(self) -> str:
        """How to mend it, as a sentence."""
        return _sentence(self.problem.remedy)


def _sentence(words: str) -> str:
    if not words:
        return ""
    ending = "" if words.endswith((".", "?")) else "."
    return f"{words[:1].upper()}{words[1:]}{ending}"


@dataclass(frozen=True)
class _Places:
    """Finds the question of a problem by the row that it names, or by the key of the text."""

    form: Form
    written: Questionnaire | None

    @cached_property
    def by_row(self) -> Mapping[str, str]:
        """Paths by the place of their row: in the survey sheet its own, in the choices sheet that of the first question
        with the list."""
        if self.written is None:
            return {}
        found = {row.place: row.path for row in self.written.rows if row.name}
        listed = ((row.place, self.by_list.get(row.list_name)) for row in self.written.choices)
        return {**found, **{place: path for place, path in listed if path}}

    @cached_property
    def by_list(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for item in self.form.items:
            if item.list_name:
                found.setdefault(item.list_name, item.path)
        return found

    def path_of(self, problem: Problem) -> str:
        return self._by_key(problem.key) or self._by_place(problem.place)

    def _by_key(self, key: str) -> str:
        kind, _, rest = key.partition(":")
        if kind == "form":
            return rest.rpartition(":")[0]
        return self.by_list.get(rest.partition("/")[0], "") if kind == "choice" else ""

    def _by_place(self, place: str) -> str:
        """The row itself, or the row of which a cell is named: "form.md, survey, row 12, label"."""
        while place:
            if found := self.by_row.get(place):
                return found
            place = place.rpartition(", ")[0]
        return ""


def place_problems(form: Form, workbook: Workbook, problems: Iterable[Problem]) -> tuple[PlacedProblem, ...]:
    """Each problem with its place in the form that is shown, in the order in which they were given. One of a group is
    on its first page. `workbook` is the questionnaire that the problems are of, whose rows they name."""
    places = _Places(form, questionnaire_from_workbook(workbook))
    found = []
    for problem in problems:
        path = places.path_of(problem)
        within = (item for item in form.items if item.path == path or item.path.startswith(f"{path}/"))
        page = next((item.page_key for item in within if item.page_key), "") if path else ""
        found.append(PlacedProblem(problem, path if page else "", page))
    return tuple(found)

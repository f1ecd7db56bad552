"""Whether conditions can be met together: a search that says no only if every way has failed.

There are three answers: `never` and `always` are proofs, otherwise nothing is known. A search that would take long
gives up (the problem is NP-complete: any logic puzzle can be written as a form).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kuule.core.problems import StudyError
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.syntax_tree import FunctionCall
from kuule.study.folder.questionnaire import Questionnaire, QuestionnaireRow
from kuule.study.logic.atoms import DomainKey, initial_domain, narrowings
from kuule.study.logic.canonical import canonical_form, expand_references, plain_paths, subexpressions
from kuule.study.logic.domains import Domain
from kuule.study.logic.goals import Goal, Split, split_goal
from kuule.study.logic.variables import ConditionVariable, condition_variable, is_computed

MAX_STEPS = 300
"""Atoms that are looked at for one proof: about ten milliseconds."""
MAX_FOLLOWED = 10
"""Questions whose own relevance is included because they were answered."""
_SURE = frozenset(
    [
        "selected", "count-selected", "not", "boolean", "true", "false", "string", "number", "int", "string-length",
        "contains", "starts-with", "ends-with", "coalesce", "if", "round", "normalize-space",
    ]
)  # fmt: skip
"""Functions that always have a value. An expression with any other function may have none, and then counts as false."""


@dataclass(frozen=True, slots=True)
class _Way:
    """The state of a search: what is `known` from the `atoms`, alternatives that are `waiting`, questions
    `followed`."""

    known: Mapping[DomainKey, Domain]
    atoms: tuple[Goal, ...]
    waiting: tuple[Split, ...]
    followed: frozenset[str]


class ConditionLogic:
    """The conditions of one questionnaire. Expressions that cannot be read are skipped; other rules report them."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self._variables: dict[str, ConditionVariable] = {}
        self._conditions: dict[tuple[str, str, str], Goal | None] = {}
        self._round: dict[str, bool] = {}
        self._read: dict[str, tuple[str, ...]] = {}
        self._never: dict[tuple[Goal, ...], bool] = {}

    def condition(self, row: QuestionnaireRow, column: str) -> Goal | None:
        """The expression in a column of a row (`relevant`, `constraint`); None if it is blank or cannot be read."""
        key = (row.place, row.name, column)
        if key not in self._conditions:
            self._conditions[key] = self.read(row.cells.get(column, ""), row)
        return self._conditions[key]

    def read(self, written: str, row: QuestionnaireRow) -> Goal | None:
        """Any expression of a row."""
        goal = self._parsed(written, row)
        return None if goal is None else self.resolve_paths(goal)

    def unresolved_condition(self, row: QuestionnaireRow, column: str) -> Goal | None:
        """Like `condition`, with relative paths as they are written: in a choice_filter they name columns."""
        return self._parsed(row.cells.get(column, ""), row)

    def resolve_paths(self, goal: Goal) -> Goal:
        """With its paths made absolute."""
        return replace(goal, expression=canonical_form(goal.expression, goal.context))

    def _parsed(self, written: str, row: QuestionnaireRow) -> Goal | None:
        if not written.strip():
            return None
        named = self.questionnaire.rows_by_name
        try:
            return Goal(parse(expand_references(written, lambda name: named[name].path)), row.path)
        except (StudyError, KeyError):
            return None

    def relevance_conditions(self, row: QuestionnaireRow) -> tuple[Goal, ...]:
        """What has to be true for a row to be asked: its own relevance and that of the groups around it. For a row in a
        cycle only its own, since the others may have been evaluated before an answer changed."""
        if self.has_circular_relevance(row):
            own = self.condition(row, "relevant")
            return () if own is None else (own,)
        return self._relevance(row)

    def answer_conditions(self, row: QuestionnaireRow) -> tuple[Goal, ...]:
        """What is true when something is answered there, and still is: a constraint is checked only then."""
        answered = Goal(canonical_form(parse(". != ''"), row.path), row.path)
        return (answered, *(() if self.has_circular_relevance(row) else self._relevance(row)))

    def constraint_conditions(self, row: QuestionnaireRow) -> tuple[Goal, ...]:
        """What every answer of a row meets: its constraint, if that reads nothing else. An answer that breaks it is
        never kept, but a default or a calculation can be there all the same."""
        goal = self.condition(row, "constraint")
        if goal is None or is_computed(row) or row.cells.get("default"):
            return ()
        return (goal,) if set(plain_paths(goal.expression)) <= {row.path} else ()

    def _relevance(self, row: QuestionnaireRow) -> tuple[Goal, ...]:
        found = (self.condition(one, "relevant") for one in (*row.groups, row))
        return tuple(goal for goal in found if goal is not None)

    def can_never_hold(self, *goals: Goal) -> bool:
        """Proof that whatever is answered, these are not all true (or false, as each is wanted)."""
        if goals not in self._never:
            self._never[goals] = bool(goals) and not _Search(self).can_meet(goals)
        return self._never[goals]

    def must_always_hold(self, goal: Goal, *given: Goal) -> bool:
        """Proof that whatever is answered, `goal` is met whenever the `given` are."""
        calls = (part for part in subexpressions(goal.expression) if isinstance(part, FunctionCall))
        return all(call.name in _SURE for call in calls) and self.can_never_hold(*given, goal.negation)

    def find(self, path: str, context: str) -> ConditionVariable | None:
        """The question at a path, seen from `context`; None for a group and for anything that does not exist."""
        row = self.questionnaire.rows_by_path.get(path)
        if row is None or row.type.startswith("begin"):
            return None
        key = path if all(context.startswith(f"{repeat}/") for repeat in row.repeats) else f"{path}[]"
        if key not in self._variables:
            variable = condition_variable(row, self.questionnaire)
            many = key != path
            self._variables[key] = ConditionVariable(row, variable.domain, variable.choices, many)
        return self._variables[key]

    def has_circular_relevance(self, row: QuestionnaireRow) -> bool:
        """Whether its relevance reads something whose relevance reads it. It is then unknown which is evaluated
        first."""
        if row.path not in self._round:
            seen: set[str] = set()
            waiting = list(self._reads(row))
            while waiting:
                path = waiting.pop()
                if path not in seen and path in self.questionnaire.rows_by_path:
                    seen.add(path)
                    waiting += self._reads(self.questionnaire.rows_by_path[path])
            self._round[row.path] = row.path in seen
        return self._round[row.path]

    def _reads(self, row: QuestionnaireRow) -> tuple[str, ...]:
        if row.path not in self._read:
            self._read[row.path] = tuple(path for goal in self._relevance(row) for path in plain_paths(goal.expression))
        return self._read[row.path]


class _Search:
    """One question to a Logic. Goals that any of several would meet wait until everything certain is known."""

    def __init__(self, logic: ConditionLogic) -> None:
        self._logic = logic
        self._left = MAX_STEPS
        self._about: frozenset[str] = frozenset()
        """Rows whose own conditions are in question: their constraints are not taken for granted."""

    def can_meet(self, goals: Iterable[Goal]) -> bool:
        goals = tuple(goals)
        self._about = frozenset(goal.context for goal in goals)
        return self._meets(list(goals), _Way({}, (), (), frozenset()))

    def _meets(self, goals: list[Goal], way: _Way) -> bool:
        atoms, choices = _taken_apart(goals)
        known = self._narrowed(way.known, atoms)
        if known is None:
            return False
        if self._left < 0:
            return True
        way = _Way(known, (*way.atoms, *atoms), (*way.waiting, *choices), way.followed)
        more = self._follows(way)
        if more:
            followed = way.followed | {path for path, _ in more}
            return self._meets([goal for _, ones in more for goal in ones], replace(way, followed=followed))
        if not way.waiting:
            # Each atom once more: a later one may have narrowed what it reads.
            return self._narrowed(known, way.atoms) is not None
        rest = replace(way, waiting=way.waiting[1:])
        return any(self._meets([goal], rest) for goal in way.waiting[0].goals)

    def _narrowed(self, known: Mapping[DomainKey, Domain], atoms: Iterable[Goal]) -> Mapping[DomainKey, Domain] | None:
        """What the atoms leave of everything that they are about; None if nothing is left of something."""
        narrowed = dict(known)
        for atom in dict.fromkeys(atoms):
            self._left -= 1
            for key, domain in narrowings(atom, self._logic.find, narrowed):
                before = narrowed.get(key)
                if before is None:
                    before = initial_domain(key, self._variables_of(atom))
                narrowed[key] = before.intersection(domain)
                if narrowed[key].is_empty:
                    return None
        return narrowed

    def _variables_of(self, atom: Goal) -> dict[str, ConditionVariable]:
        found = ((path, self._logic.find(path, atom.context)) for path in plain_paths(atom.expression))
        return {path: variable for path, variable in found if variable is not None}

    def _follows(self, way: _Way) -> list[tuple[str, tuple[Goal, ...]]]:
        """Whoever has an answer was asked: the conditions of questions that cannot be blank."""
        more: list[tuple[str, tuple[Goal, ...]]] = []
        for key, domain in way.known.items():
            if len(way.followed) + len(more) >= MAX_FOLLOWED:
                break
            row = self._logic.questionnaire.rows_by_path.get(key) if isinstance(key, str) else None
            if row is None or row.path in way.followed or "" in domain or self._logic.has_circular_relevance(row):
                continue
            kept = () if row.path in self._about else self._logic.constraint_conditions(row)
            goals = (*self._logic.relevance_conditions(row), *kept)
            if goals:
                more.append((row.path, goals))
        return more


def _taken_apart(goals: list[Goal]) -> tuple[list[Goal], list[Split]]:
    """Atoms that have to be met, and alternatives between goals."""
    atoms: list[Goal] = []
    choices: list[Split] = []
    waiting = goals[::-1]
    while waiting:
        goal = waiting.pop()
        parts = split_goal(goal)
        if parts is None:
            atoms.append(goal)
        elif parts.needs_all or len(parts.goals) == 1:
            waiting += parts.goals[::-1]
        else:
            choices.append(parts)
    return atoms, choices

"""How a visit goes from page to page through a form. This module knows no HTML, no HTTP and no keys.

Only answers to questions of the posted page are accepted, and only if they fit. An answer that does not fit is kept as
it was typed, apart from the answers, and the page says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kuule.forms.compile.form import Form
from kuule.forms.instance.localised_texts import LocalisedTexts
from kuule.forms.instance.renumbering import renumber_instances
from kuule.forms.instance.response import Response
from kuule.forms.instance.response_tree import ResponseData
from kuule.forms.navigation.answer_binder import AnswerBinder, BindingResult, asks_question
from kuule.forms.navigation.page import Page, RepeatControls
from kuule.forms.navigation.page_maker import PageMaker, PageMarks, PageSettings
from kuule.forms.navigation.page_refs import PageRef, nearest_page_index, next_page_index, page_index, page_refs
from kuule.forms.navigation.review import ReviewLine, ReviewSection, review_sections
from kuule.forms.navigation.visit import Move, Visit

__all__ = ["Ending", "Gate", "Journey", "JourneyStep", "ReviewLine", "ReviewSection"]

_CHECKED = frozenset({Move.NEXT, Move.PASS, Move.FINISH})


@dataclass(frozen=True, slots=True)
class Gate:
    """A question, given by name or path, and the answer that a person must give to it in order to go on."""

    name: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a journey: `kind` is "end", or "stopped" where somebody went on from a `gate` with an answer that does
    not allow it."""

    kind: str
    gate: str = ""


@dataclass(frozen=True, slots=True)
class JourneyStep:
    """The result of one step: the new visit, and either a page or an ending."""

    visit: Visit
    page: Page | None
    ending: Ending | None


@dataclass(frozen=True, slots=True)
class _Turn:
    """One step in progress: the page that was posted, and what binding its answers gave."""

    visit: Visit
    response: Response
    refs: tuple[PageRef, ...]
    ref: PageRef
    binding: BindingResult
    page_changes: int
    """Those of the response when `refs` were found."""

    def refs_now(self) -> tuple[PageRef, ...]:
        """Every page that is relevant now: the same as before where no answer of this page has changed any."""
        return self.refs if self.response.page_changes == self.page_changes else page_refs(self.response)


class Journey:
    """The way through one form in one language. It keeps nothing of any visit.

    `texts` are the form's texts by key in the page's language; one that is missing is shown in the form's own.
    """

    def __init__(
        self, form: Form, texts: Mapping[str, str], *, gates: Sequence[Gate] = (), longest_text: int = 2000
    ) -> None:
        self.form = form
        self._vocabulary = LocalisedTexts(form, texts)
        self._longest_text = longest_text
        names = {item.name: item.path for item in reversed(form.items)} | {item.path: item.path for item in form.items}
        self._gates = tuple((gate, names[gate.question]) for gate in gates if gate.question in names)
        self._gate_paths = frozenset(path for _, path in self._gates)
        self.page_settings = PageSettings(longest_text, self._gate_paths)

    def begin(self, seed: int, today: date) -> Visit:
        """A new visit on its first page. `seed` (any number below 2**64) decides the order of what is randomised."""
        with Response.begin(self.form, seed=seed, today=today, vocabulary=self._vocabulary) as response:
            refs = page_refs(response)
            return self._visit(Visit("", seed), response, refs[0].key if refs else "")

    def page(self, visit: Visit, today: date) -> Page | Ending:
        """The page that a visit is at, or an ending. Nothing is judged: the page shows no violations.

        Beyond a gate that is closed or not answered it is the page of the gate: looking at a page ends no visit.
        """
        with self._response(visit, today) as response:
            refs = page_refs(response)
            at = page_index(refs, visit.page)
            if visit.page and at is None:
                at = nearest_page_index(response, refs, visit.page)
            if at is None:
                at = len(refs)
            at, _ = self._gate_before(response, refs, at) or (at, "")
            if at >= len(refs):
                return Ending("end")
            return self._make_page(response, refs, refs[at], PageMarks(visit.typed))

    def step(
        self,
        visit: Visit,
        move: Move,
        page_key: str,
        posted: Mapping[str, Sequence[str]],
        *,
        today: date,
        target: str = "",
    ) -> JourneyStep:
        """Bind what was posted from a page and go where `move` says.

        `page_key` names the posted page. It must be the page shown last, or one that was seen before and is still
        relevant; answers from any other page are ignored. `target` is the instance path of a repeat (ADD) or of an
        instance (REMOVE).
        """
        with self._response(visit, today) as response:
            refs = page_refs(response)
            at = page_index(refs, page_key) if page_key == visit.page or page_key in visit.seen else None
            if at is not None:
                return self._step_from(visit, response, refs, at, move, posted, target)
        return self._stay(visit, today)

    def _step_from(
        self,
        visit: Visit,
        response: Response,
        refs: tuple[PageRef, ...],
        at: int,
        move: Move,
        posted: Mapping[str, Sequence[str]],
        target: str,
    ) -> JourneyStep:
        """The same from the page at `at`."""
        page_changes = response.page_changes
        passing = move is Move.PASS and self._make_page(response, refs, refs[at], PageMarks()).can_pass
        if move is Move.PASS and not passing:
            move = Move.NEXT
        binder = AnswerBinder(self._longest_text, self._gate_paths, judge=move in _CHECKED and not passing)
        binding = binder.bind(response, refs[at], {} if passing else posted, visit.typed)
        turn = _Turn(visit, response, refs, refs[at], binding, page_changes)
        if move in (Move.ADD, Move.REMOVE):
            return self._change_repeat(turn, move, target)
        if move in (Move.STAY, Move.BACK):
            return self._keep(turn, move)
        if binding.violations or (binding.fresh and move is Move.NEXT):
            return self._show_again(turn)
        return self._forward(turn, to_end=move is Move.FINISH)

    def review(self, visit: Visit, today: date) -> tuple[ReviewSection, ...]:
        """The questions that were answered or passed over, by section, in the order of the form."""
        with self._response(visit, today) as response:
            return review_sections(response, page_refs(response), visit.seen)

    def has_seen_last_page(self, visit: Visit, today: date) -> bool:
        """Whether the last page that is relevant now was posted, and not left out by finishing early."""
        with self._response(visit, today) as response:
            refs = page_refs(response)
        return not refs or refs[-1].key in visit.seen

    def _response(self, visit: Visit, today: date) -> Response:
        given = ResponseData(visit.answers, visit.counts, visit.fixed, visit.seed)
        return Response.rebuild(self.form, given, today=today, vocabulary=self._vocabulary)

    def _visit(self, before: Visit, response: Response, page: str, typed: Mapping[str, str] | None = None) -> Visit:
        given = response.to_data()
        raw = before.typed if typed is None else typed
        return Visit(page, before.seed, given.answers, raw, before.seen, given.counts, given.fixed)

    def _make_page(self, response: Response, refs: tuple[PageRef, ...], ref: PageRef, marks: PageMarks) -> Page:
        return PageMaker(response, self.page_settings, marks).page(ref, refs)

    def _stay(self, visit: Visit, today: date) -> JourneyStep:
        shown = self.page(visit, today)
        return JourneyStep(visit, None, shown) if isinstance(shown, Ending) else JourneyStep(visit, shown, None)

    def _show_again(self, turn: _Turn) -> JourneyStep:
        """The same page again: with its violations marked or, if it only has new follow-ups, with those alone."""
        visit = self._visit(turn.visit, turn.response, turn.ref.key, typed=turn.binding.typed)
        marks = PageMarks(turn.binding.typed, turn.binding.violations, turn.binding.fresh)
        shown = self._make_page(turn.response, turn.refs_now(), turn.ref, marks)
        return JourneyStep(visit, replace(shown, follow_up=not turn.binding.violations), None)

    def _keep(self, turn: _Turn, move: Move) -> JourneyStep:
        refs = turn.refs_now()
        at = page_index(refs, turn.ref.key)
        if at is None:
            at = next_page_index(turn.refs, turn.ref, refs)
        if move is Move.BACK:
            at = max(at - 1, 0)
        return self._arrive(turn.visit, turn.response, refs, at, turn.binding.typed)

    def _forward(self, turn: _Turn, *, to_end: bool) -> JourneyStep:
        refs = turn.refs_now()
        at = len(refs) if to_end else next_page_index(turn.refs, turn.ref, refs)
        visit = replace(turn.visit, seen=turn.visit.seen | {turn.ref.key})
        return self._arrive(visit, turn.response, refs, at, turn.binding.typed, left=turn.ref.key)

    def _arrive(
        self,
        visit: Visit,
        response: Response,
        refs: tuple[PageRef, ...],
        at: int,
        typed: Mapping[str, str],
        *,
        left: str = "",
    ) -> JourneyStep:
        """Show the page at `at`. A gate before it comes first, and so does, at the end, a page with a violation.

        `left`: the page from which somebody went on, "" where nobody did. A closed gate of that page ends the visit;
        any other is shown again, since nobody has just said no to it.
        """
        gate_stop = self._gate_before(response, refs, at)
        marks = PageMarks(typed)
        if gate_stop is not None:
            at, closed = gate_stop
            if closed and refs[at].key == left:
                return JourneyStep(self._visit(visit, response, left, typed=typed), None, Ending("stopped", closed))
        elif at >= len(refs) and left:
            binder = AnswerBinder(self._longest_text, self._gate_paths, judge=True)
            found = binder.first_page_with_violations(response, refs, visit.seen, typed)
            if found is not None:
                at, marks = found[0], PageMarks(typed, found[1])
        if at >= len(refs):
            return JourneyStep(self._visit(visit, response, "", typed=typed), None, Ending("end"))
        shown = self._make_page(response, refs, refs[at], marks)
        return JourneyStep(self._visit(visit, response, shown.key, typed=typed), shown, None)

    def _gate_before(self, response: Response, refs: tuple[PageRef, ...], at: int) -> tuple[int, str] | None:
        """The gate that stops a visit before `at`: the number of its page, and its name if it is closed, or "" if it is
        not answered."""
        for gate, path in self._gates:
            answer = next((node.text for node in response.nodes(path)), "")
            if answer == gate.answer:
                continue
            for number, ref in enumerate(refs[:at]):
                if asks_question(response, ref, path):
                    return number, gate.name if answer else ""
        return None

    def _change_repeat(self, turn: _Turn, move: Move, target: str) -> JourneyStep:
        shown = self._make_page(turn.response, turn.refs, turn.ref, PageMarks())
        controls = [part for part in shown.parts if isinstance(part, RepeatControls)]
        if move is Move.ADD and any(one.removes is None and one.path == target and one.can_add for one in controls):
            return self._add(turn, target)
        if move is Move.REMOVE and any(one.removes == target for one in controls):
            return self._remove(turn, target)
        return self._keep(turn, Move.STAY)

    def _add(self, turn: _Turn, target: str) -> JourneyStep:
        response = turn.response
        parent = response.node(target.rpartition("/")[0])
        above = "" if parent is None else f"{parent.instance_path}/"
        path = next((path for path in self.form.repeats if above and target == above + path.rpartition("/")[2]), "")
        made = None if parent is None else response.add_instance(parent, path)
        response.recalculate()
        refs = page_refs(response)
        at = page_index(refs, turn.ref.key)
        if made is not None and (turn.ref.adds_to or at is None):
            inside = [
                number
                for number, ref in enumerate(refs)
                if ref.key == made.instance_path or ref.key.startswith(f"{made.instance_path}/")
            ]
            at = inside[0] if inside else at
        return self._arrive(turn.visit, response, refs, at or 0, turn.binding.typed)

    def _remove(self, turn: _Turn, target: str) -> JourneyStep:
        response = turn.response
        instance = response.node(target)
        before = page_index(turn.refs, turn.ref.key) or 0
        if instance is not None:
            response.remove_instance(instance)
            response.recalculate()
        typed = renumber_instances(turn.binding.typed, target)
        seen = frozenset(renumber_instances(dict.fromkeys(turn.visit.seen, ""), target))
        visit = replace(turn.visit, seen=seen)
        refs = page_refs(response)
        at = page_index(refs, turn.ref.key) if not turn.ref.key.startswith(target) else None
        return self._arrive(visit, response, refs, min(before, len(refs) - 1) if at is None else at, typed)

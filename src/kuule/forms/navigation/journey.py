"""What is asked next: a visit goes from page to page through a form. It knows no HTML, no HTTP and no keys.

What was posted gets in only where the page asks for it and the answer fits. What does not fit is kept as it was
typed, apart from the answers, and named on the page.
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
from kuule.forms.navigation.page_maker import PageMaker, PageMarks
from kuule.forms.navigation.page_refs import PageRef, page_refs
from kuule.forms.navigation.review import ReviewLine, ReviewSection, review_sections
from kuule.forms.navigation.visit import Move, Visit

__all__ = ["Ending", "Gate", "Journey", "JourneyStep", "ReviewLine", "ReviewSection"]

_CHECKED = frozenset({Move.NEXT, Move.PASS, Move.FINISH})


@dataclass(frozen=True, slots=True)
class Gate:
    """A question, by name or path, whose answer decides whether one may go on."""

    name: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Ending:
    """`kind` is "end", or "stopped" where a gate's answer does not allow going on."""

    kind: str
    gate: str = ""


@dataclass(frozen=True, slots=True)
class JourneyStep:
    """What a step leads to: the new visit and either a page or an ending."""

    visit: Visit
    page: Page | None
    ending: Ending | None


@dataclass(frozen=True, slots=True)
class _Turn:
    """One step while it is worked on: where it was posted from and what was taken of it."""

    visit: Visit
    response: Response
    spots: tuple[PageRef, ...]
    spot: PageRef
    taken: BindingResult


class Journey:
    """The way through one form in one language. Holds nothing of any visit.

    `texts` are the form's texts by key in the page's language; what is missing is shown as the form has it.
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

    # What others call -------------------------------------------------------------------------------------------

    def begin(self, seed: int, today: date) -> Visit:
        """A new visit, on its first page. `seed` is any number below 2**64; it orders what is randomized."""
        response = Response.begin(self.form, seed=seed, today=today, vocabulary=self._vocabulary)
        spots = page_refs(response)
        return self._visit(Visit("", seed), response, spots[0].key if spots else "")

    def page(self, visit: Visit, today: date) -> Page | Ending:
        """The page where a visit stands, without judging what was typed."""
        response = self._response(visit, today)
        spots = page_refs(response)
        at = _index(spots, visit.page)
        if visit.page and at is None:
            at = _nearest(response, spots, visit.page)
        if at is None:
            at = len(spots)
        held = self._held(response, spots, at)
        if isinstance(held, Ending):
            return held
        at = at if held is None else held
        return Ending("end") if at >= len(spots) else self._made(response, spots, spots[at], PageMarks(visit.typed))

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
        """Take what was posted from a page and go where `move` says.

        `page_key` names the page that was posted: the one shown last, or an older one that was seen before and is
        still relevant; of any other page nothing is taken. `target` is a repeat (ADD) or an instance (REMOVE).
        """
        response = self._response(visit, today)
        spots = page_refs(response)
        at = _index(spots, page_key) if page_key == visit.page or page_key in visit.seen else None
        if at is None:
            return self._stay_where(visit, today)
        passing = move is Move.PASS and self._made(response, spots, spots[at], PageMarks()).can_pass
        if move is Move.PASS and not passing:
            move = Move.NEXT
        taking = AnswerBinder(self._longest_text, self._gate_paths, judge=move in _CHECKED and not passing)
        taken = taking.bind(response, spots[at], {} if passing else posted, visit.typed)
        turn = _Turn(visit, response, spots, spots[at], taken)
        if move in (Move.ADD, Move.REMOVE):
            return self._change_repeat(turn, move, target, today)
        if move in (Move.STAY, Move.BACK):
            return self._kept(turn, move)
        if taken.violations or (taken.fresh and move is Move.NEXT):
            return self._again(turn)
        return self._forward(turn, to_end=move is Move.FINISH)

    def review(self, visit: Visit, today: date) -> tuple[ReviewSection, ...]:
        """What was answered or passed over, by section, in the order of the form."""
        response = self._response(visit, today)
        return review_sections(response, page_refs(response), visit.seen)

    # Inside -----------------------------------------------------------------------------------------------------

    def _response(self, visit: Visit, today: date) -> Response:
        given = ResponseData(visit.answers, visit.counts, visit.fixed, visit.seed)
        return Response.rebuild(self.form, given, today=today, vocabulary=self._vocabulary)

    def _visit(self, before: Visit, response: Response, page: str, **changes: object) -> Visit:
        given = response.to_data()
        after = replace(before, page=page, answers=given.answers, counts=given.counts, fixed=given.fixed)
        return replace(after, **changes)  # type: ignore[arg-type]  # fields of Visit by name

    def _made(self, response: Response, spots: tuple[PageRef, ...], spot: PageRef, marks: PageMarks) -> Page:
        marks = replace(marks, required=self._gate_paths)
        return PageMaker(response, self._longest_text, marks).page(spot, spots)

    def _stay_where(self, visit: Visit, today: date) -> JourneyStep:
        shown = self.page(visit, today)
        return JourneyStep(visit, None, shown) if isinstance(shown, Ending) else JourneyStep(visit, shown, None)

    def _again(self, turn: _Turn) -> JourneyStep:
        """The same page once more, with what is new and what does not fit marked."""
        visit = self._visit(turn.visit, turn.response, turn.spot.key, typed=turn.taken.typed)
        marks = PageMarks(turn.taken.typed, turn.taken.violations, turn.taken.fresh)
        spots = page_refs(turn.response)
        return JourneyStep(visit, self._made(turn.response, spots, turn.spot, marks), None)

    def _kept(self, turn: _Turn, move: Move) -> JourneyStep:
        spots = page_refs(turn.response)
        at = _index(spots, turn.spot.key)
        if at is None:
            at = _after(turn.spots, turn.spot, spots)
        if move is Move.BACK:
            at = max(at - 1, 0)
        return self._arrive(turn.visit, turn.response, spots, at, turn.taken.typed)

    def _forward(self, turn: _Turn, *, to_end: bool) -> JourneyStep:
        spots = page_refs(turn.response)
        at = len(spots) if to_end else _after(turn.spots, turn.spot, spots)
        visit = replace(turn.visit, seen=turn.visit.seen | {turn.spot.key})
        return self._arrive(visit, turn.response, spots, at, turn.taken.typed, checked=True)

    def _arrive(
        self,
        visit: Visit,
        response: Response,
        spots: tuple[PageRef, ...],
        at: int,
        typed: Mapping[str, str],
        *,
        checked: bool = False,
    ) -> JourneyStep:
        """Show the page at `at`, unless a gate or, at the end, something that does not fit comes before it."""
        held = self._held(response, spots, at)
        if isinstance(held, Ending):
            own = next(path for gate, path in self._gates if gate.name == held.gate)
            page = next((spot.key for spot in spots if asks_question(response, spot, own)), "")
            return JourneyStep(self._visit(visit, response, page, typed=typed), None, held)
        marks = PageMarks(typed)
        if held is not None:
            at = held
        elif at >= len(spots) and checked:
            taking = AnswerBinder(self._longest_text, self._gate_paths, judge=True)
            found = taking.first_page_with_violations(response, spots, visit.seen, typed)
            if found is not None:
                at, marks = found[0], PageMarks(typed, found[1])
        if at >= len(spots):
            return JourneyStep(self._visit(visit, response, "", typed=typed), None, Ending("end"))
        shown = self._made(response, spots, spots[at], marks)
        return JourneyStep(self._visit(visit, response, shown.key, typed=typed), shown, None)

    def _held(self, response: Response, spots: tuple[PageRef, ...], at: int) -> Ending | int | None:
        """What keeps a visit from standing at `at`: a gate before it, unanswered (its page) or closed (an Ending)."""
        for gate, path in self._gates:
            for number, spot in enumerate(spots[:at]):
                if not asks_question(response, spot, path):
                    continue
                answer = next((node.text for node in response.nodes(path)), "")
                if not answer:
                    return number
                if answer != gate.answer:
                    return Ending("stopped", gate.name)
                break
        return None

    def _change_repeat(self, turn: _Turn, move: Move, target: str, today: date) -> JourneyStep:
        shown = self._made(turn.response, turn.spots, turn.spot, PageMarks())
        controls = [part for part in shown.parts if isinstance(part, RepeatControls)]
        if move is Move.ADD and any(one.removes is None and one.path == target and one.can_add for one in controls):
            return self._add(turn, target)
        if move is Move.REMOVE and any(one.removes == target for one in controls):
            return self._remove(turn, target)
        return self._kept(turn, Move.STAY)

    def _add(self, turn: _Turn, target: str) -> JourneyStep:
        response = turn.response
        parent = response.node(target.rpartition("/")[0])
        path = next(
            (path for path in self.form.repeats if parent is not None and _is_at(target, parent.instance_path, path)),
            "",
        )
        made = None if parent is None else response.add_instance(parent, path)
        response.recalculate()
        spots = page_refs(response)
        at = _index(spots, turn.spot.key)
        if made is not None and (turn.spot.adds_to or at is None):
            inside = [
                number
                for number, spot in enumerate(spots)
                if spot.key == made.instance_path or spot.key.startswith(f"{made.instance_path}/")
            ]
            at = inside[0] if inside else at
        return self._arrive(turn.visit, response, spots, at or 0, turn.taken.typed)

    def _remove(self, turn: _Turn, target: str) -> JourneyStep:
        response = turn.response
        instance = response.node(target)
        before = _index(turn.spots, turn.spot.key) or 0
        if instance is not None:
            response.remove_instance(instance)
            response.recalculate()
        typed = renumber_instances(turn.taken.typed, target)
        seen = frozenset(renumber_instances(dict.fromkeys(turn.visit.seen, ""), target))
        visit = replace(turn.visit, seen=seen)
        spots = page_refs(response)
        at = _index(spots, turn.spot.key) if not turn.spot.key.startswith(target) else None
        return self._arrive(visit, response, spots, min(before, len(spots) - 1) if at is None else at, typed)


def _is_at(place: str, parent: str, path: str) -> bool:
    return place == f"{parent}/{path.rpartition('/')[2]}"


def _index(spots: tuple[PageRef, ...], key: str) -> int | None:
    return next((number for number, spot in enumerate(spots) if spot.key == key), None)


def _after(old: tuple[PageRef, ...], spot: PageRef, new: tuple[PageRef, ...]) -> int:
    """The place in `new` of the page after `spot`, also where the answers on it made it go."""
    places = {one.key: number for number, one in enumerate(new)}
    if spot.key in places:
        return places[spot.key] + 1
    later = old[old.index(spot) + 1 :]
    return next((places[one.key] for one in later if one.key in places), len(new))


def _nearest(response: Response, spots: tuple[PageRef, ...], key: str) -> int:
    """Where to stand if a visit's page is not relevant any more: the first page after its place in the form."""
    order = {node.instance_path: number for number, node in enumerate(response.all_nodes())}
    wanted = order.get(key, 0)
    return next((number for number, spot in enumerate(spots) if order.get(spot.key, 0) >= wanted), len(spots) - 1)

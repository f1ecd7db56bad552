"""Taking what was posted from a page: only what it asks, only what fits; the rest is kept as typed and named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kuule.forms.answers import decode, encode, typed_text, typed_values
from kuule.forms.blueprint import FormNode
from kuule.forms.choices import values
from kuule.forms.layout import Ask
from kuule.forms.page import Misfit, Unfit
from kuule.forms.paging import is_required, questions_of_spot
from kuule.forms.response import Response
from kuule.forms.spots import Spot
from kuule.forms.wording import Wording

Asked = list[tuple[Ask, FormNode]]


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields of a posted page."""

    fields: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it. `typed` is the visit's raw text after it, `unfit` by place, `fresh` what is newly asked."""

    typed: Mapping[str, str]
    unfit: Mapping[str, Unfit]
    fresh: frozenset[str]


class Taking:
    """`judge` is False where the page is only kept (help, Back): nothing is named then, and nothing is required."""

    def __init__(self, longest_text: int, gates: frozenset[str], *, judge: bool) -> None:
        self._longest_text = longest_text
        self._gates = gates
        self._judge = judge

    def take(self, response: Response, spot: Spot, posted: Posted, typed: Mapping[str, str]) -> Taken:
        """Put the answers of a page into the response, and settle it."""
        kept = dict(typed)
        unfit: dict[str, Unfit] = {}
        asked = questions_of_spot(response, spot)
        on_page = {node.place for _, node in asked}
        chosen = _chosen(response, asked, posted)
        self._enter(response, asked, posted, kept, unfit)
        done = set(on_page)
        while new := [one for one in questions_of_spot(response, spot) if one[1].place not in done]:
            done.update(node.place for _, node in new)
            self._enter(response, [one for one in new if one[1].place in posted.fields], posted, kept, unfit)
        self._constrain(response, spot, kept, unfit)
        now = questions_of_spot(response, spot)
        if self._judge:
            self._require(response, now, unfit)
        places = {node.place for _, node in now}
        fresh = frozenset(place for place in places - on_page if place not in posted.fields)
        fresh |= {node.place for ask, node in now if _is_gone(response, ask, node, chosen)}
        shown = {place: why for place, why in unfit.items() if place in places and place not in fresh}
        return Taken(kept, shown if self._judge else {}, fresh)

    def _enter(
        self, response: Response, asked: Asked, posted: Posted, kept: dict[str, str], unfit: dict[str, Unfit]
    ) -> None:
        for ask, node in asked:
            values = posted.fields.get(node.place, ())
            if node.text and node.place not in kept and tuple(values) == encode(ask, node.text):
                continue  # as it stood there: a person is not told that a default, which they never typed, does not fit
            value = decode(response, ask, node, values, self._longest_text)
            kept.pop(node.place, None)
            if isinstance(value, Unfit):
                unfit[node.place] = value
                kept[node.place] = typed_text(values)
                value = ""
            response.answer(node, value)
        response.settle()

    def _constrain(self, response: Response, spot: Spot, kept: dict[str, str], unfit: dict[str, Unfit]) -> None:
        """Constraints hold for answers that are there; one that does not is taken out again and kept as typed."""
        wording = Wording(response)
        broken = [one for one in questions_of_spot(response, spot) if not constraint_holds(response, *one)]
        for ask, node in broken:
            unfit[node.place] = Unfit(Misfit.CONSTRAINT, wording.text(ask.constraint_message, node))
            kept[node.place] = typed_text(node.text.split(" ") if ask.choices is not None else [node.text])
        for _, node in broken:
            response.answer(node, "")
        if broken:
            response.settle()

    def _require(self, response: Response, asked: Asked, unfit: dict[str, Unfit]) -> None:
        wording = Wording(response)
        for ask, node in asked:
            if not node.text and node.place not in unfit and is_required(response, ask, node, self._gates):
                unfit[node.place] = Unfit(Misfit.REQUIRED, wording.text(ask.required_message, node))

    def faults(
        self, response: Response, spots: tuple[Spot, ...], seen: frozenset[str], typed: Mapping[str, str]
    ) -> tuple[int, dict[str, Unfit]] | None:
        """The first seen page, by its number, with what does not fit now (an answer elsewhere changed), and why."""
        for number, spot in enumerate(spots):
            if spot.key in seen:
                asked = questions_of_spot(response, spot)
                found = {node.place: self._fault(response, ask, node, typed) for ask, node in asked}
                unfit = {place: why for place, why in found.items() if why is not None}
                if unfit:
                    return number, unfit
        return None

    def _fault(self, response: Response, ask: Ask, node: FormNode, typed: Mapping[str, str]) -> Unfit | None:
        wording = Wording(response)
        if node.place in typed:
            value = decode(response, ask, node, typed_values(ask, typed[node.place]), self._longest_text)
            if isinstance(value, Unfit):
                return value
        if node.place in typed or not constraint_holds(response, ask, node):
            return Unfit(Misfit.CONSTRAINT, wording.text(ask.constraint_message, node))
        if not node.text and is_required(response, ask, node, self._gates):
            return Unfit(Misfit.REQUIRED, wording.text(ask.required_message, node))
        return None


def _chosen(response: Response, asked: Asked, posted: Posted) -> dict[str, list[str]]:
    """What was chosen of filtered choices that were on the page."""
    filtered = {ask.path for ask in response.form.filtered}
    return {
        node.place: [value for value in values(response, ask, node) if value in posted.fields.get(node.place, ())]
        for ask, node in asked
        if ask.path in filtered
    }


def _is_gone(response: Response, ask: Ask, node: FormNode, chosen: Mapping[str, list[str]]) -> bool:
    """Whether all that was chosen is offered no more, since another answer of the page changed: it is asked anew."""
    before = chosen.get(node.place)
    return bool(before) and not node.text and not set(before or ()) & set(values(response, ask, node))


def constraint_holds(response: Response, ask: Ask, node: FormNode) -> bool:
    """True also where there is no constraint or no answer."""
    return ask.constraint is None or not node.text or ask.constraint.boolean(node, response.context)


def has_answer(response: Response, spot: Spot, path: str) -> bool:
    """Whether a page asks the question of that path."""
    return any(ask.path == path for ask, _ in questions_of_spot(response, spot))

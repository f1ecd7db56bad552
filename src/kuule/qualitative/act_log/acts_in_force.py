"""The set of all acts, and which of them are in force. It follows from the set alone, and not from the order in which
acts came to it (decision 0096)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar, cast

from kuule.qualitative.project_model.acts import Act, ActContent, Undoing
from kuule.qualitative.project_model.answer_text import TextId
from kuule.qualitative.project_model.quote_acts import ActId

ActCell = tuple[str, ...]
T = TypeVar("T")


class ActLog:
    """All acts of a project. It is added to while the project is open; what is in force is worked out for the cell that
    is asked for, once after each change of it."""

    def __init__(self, acts: Iterable[Act] = ()) -> None:
        self._acts: dict[ActId, Act] = {}
        self._cells: defaultdict[ActCell, list[Act]] = defaultdict(list)
        self._kinds: defaultdict[str, dict[ActCell, None]] = defaultdict(dict)
        self._texts: defaultdict[TextId, dict[ActCell, None]] = defaultdict(dict)
        self._undoings: defaultdict[ActId, list[Act]] = defaultdict(list)
        self._in_force: dict[ActCell, tuple[Act, ...]] = {}
        self._derived: dict[TextId, dict[str, object]] = {}
        self.last_clock = 0
        for act in acts:
            self.add(act)

    def add(self, act: Act) -> None:
        """Add an act, once: one that is there already changes nothing."""
        if act.id in self._acts:
            return
        self._acts[act.id] = act
        self.last_clock = max(self.last_clock, act.clock)
        cell = act.content.cell
        self._cells[cell].append(act)
        self._kinds[cell[0]][cell] = None
        if act.content.about_text is None:
            self._derived.clear()
        else:
            self._texts[act.content.about_text][cell] = None
            self._derived.pop(act.content.about_text, None)
        if isinstance(act.content, Undoing):
            self._undoings[act.content.act].append(act)
        self._in_force.pop(cell, None)
        self._forget_undone(act.content)

    def acts_about(self, text: TextId) -> tuple[Act, ...]:
        """Every act about a text, in force or not."""
        cells = self._texts.get(text, ())
        return tuple(act for cell in cells for act in self._cells[cell] if act.content.about_text == text)

    def remove_text(self, text: TextId) -> None:
        """Remove all acts about a text."""
        for act in self.acts_about(text):
            cell = act.content.cell
            del self._acts[act.id]
            self._undoings.pop(act.id, None)
            self._in_force.pop(cell, None)
            self._cells[cell] = [one for one in self._cells[cell] if one.id != act.id]
            if not self._cells[cell]:
                del self._cells[cell]
                self._kinds[cell[0]].pop(cell, None)
        self._texts.pop(text, None)
        self._derived.pop(text, None)

    def derive(self, text: TextId, name: str, work: Callable[[], T]) -> T:
        """What follows from the acts about a text and from those about no text: worked out once, until there is another
        such act. `name` is what it is; `work` gives it from this log alone."""
        known = self._derived.setdefault(text, {})
        if name not in known:
            known[name] = work()
        return cast(T, known[name])

    def __len__(self) -> int:
        return len(self._acts)

    def __contains__(self, act: object) -> bool:
        return act in self._acts

    def __iter__(self) -> Iterator[Act]:
        """All acts, in the order that is the same on every copy."""
        return iter(sorted(self._acts.values(), key=lambda act: act.order))

    def get(self, act: ActId) -> Act | None:
        return self._acts.get(act)

    def in_force(self, cell: ActCell) -> tuple[Act, ...]:
        """The acts that count for a cell, in order: none, one, or several that contradict each other."""
        if cell not in self._cells:
            return ()
        if cell not in self._in_force:
            self._in_force[cell] = self._work_out(self._cells[cell])
        return self._in_force[cell]

    def content(self, cell: ActCell) -> ActContent | None:
        """What counts for a cell. Of acts that contradict each other it is the first, so that all copies show the same
        one until the contradiction is settled."""
        acts = self.in_force(cell)
        return acts[0].content if acts else None

    def cells(self, kind: str) -> tuple[ActCell, ...]:
        """All cells of a kind that an act ever spoke of."""
        return tuple(self._kinds[kind]) if kind in self._kinds else ()

    def cells_about(self, text: TextId, kind: str) -> tuple[ActCell, ...]:
        """Those of a kind that are about a text."""
        return tuple(cell for cell in self._texts.get(text, ()) if cell[0] == kind)

    def contested_cells(self) -> Mapping[ActCell, tuple[Act, ...]]:
        """The cells in which acts contradict each other, in order."""
        several = [cell for cell, acts in self._cells.items() if len(acts) > 1 and len(self.in_force(cell)) > 1]
        return {cell: self.in_force(cell) for cell in sorted(several)}

    def is_undone(self, act: Act) -> bool:
        """Whether an act is taken back by an undoing that is not taken back itself."""
        if act.id not in self._undoings:
            return False
        undoings = self._undoings_above(act)
        undone: set[ActId] = set()
        for one in sorted(undoings, key=lambda each: each.order, reverse=True):
            target = self._acts.get(one.content.act) if isinstance(one.content, Undoing) else None
            if one.id not in undone and target is not None and target.clock < one.clock:
                undone.add(target.id)
        return act.id in undone

    def _undoings_above(self, act: Act) -> list[Act]:
        """The undoings of an act, their undoings, and so on."""
        found: dict[ActId, Act] = {}
        ahead = list(self._undoings.get(act.id, ()))
        while ahead:
            one = ahead.pop()
            if one.id not in found:
                found[one.id] = one
                ahead += self._undoings.get(one.id, ())
        return list(found.values())

    def _work_out(self, acts: list[Act]) -> tuple[Act, ...]:
        effective = [act for act in acts if not self.is_undone(act)]
        if len(effective) < 2:  # nearly all cells
            return tuple(effective)
        here = {act.id: act for act in acts}
        replaced: set[ActId] = set()
        for act in effective:
            ahead = [act]
            while ahead:
                one = ahead.pop()
                for earlier in one.replaces:
                    if earlier in here and earlier not in replaced and here[earlier].clock < one.clock:
                        replaced.add(earlier)
                        ahead.append(here[earlier])
        return tuple(sorted((act for act in effective if act.id not in replaced), key=lambda act: act.order))

    def _forget_undone(self, content: ActContent) -> None:
        """Whatever was worked out for the cells that an undoing acts on, through further undoings or not."""
        while isinstance(content, Undoing):
            target = self._acts.get(content.act)
            if target is None:
                return
            content = target.content
            self._in_force.pop(content.cell, None)

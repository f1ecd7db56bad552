"""The codebook as a tree, and what an entry has to be to stand in it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.project_model.answer_text import AnswerText
from kuule.qualitative.project_model.code_entries import CodeEntry, CodeId
from kuule.qualitative.project_model.project_problems import ProjectError, project_error

_SAME_WORDS_BY_CHANCE = 25
"""Characters: so many that are in an answer as well are a quotation, and not the wording of somebody else."""
_PIECE = (_SAME_WORDS_BY_CHANCE + 1) // 2


@dataclass(frozen=True, slots=True)
class CodeTree:
    """All codes. `in_loops` are those whose parents came to be each other's children when two copies were merged; they
    stand at the top until somebody moves one."""

    entries: Mapping[CodeId, CodeEntry]
    in_loops: frozenset[CodeId]

    @classmethod
    def from_log(cls, log: ActLog) -> CodeTree:
        found = (log.content(cell) for cell in log.cells("code"))
        entries = {one.code: one for one in found if isinstance(one, CodeEntry)}
        loops = frozenset(code for code in entries if code in _above(entries, code))
        return cls(entries, loops)

    def children(self, parent: CodeId | None) -> tuple[CodeEntry, ...]:
        """The codes right below one, or at the top, by name."""
        found = [one for one in self.entries.values() if self._parent(one) == parent]
        return tuple(sorted(found, key=lambda one: (_folded(one.name), one.code)))

    def walk(self, parent: CodeId | None = None, depth: int = 0) -> Iterator[tuple[int, CodeEntry]]:
        """Every code with its depth, each before those below it."""
        below: defaultdict[CodeId | None, list[CodeEntry]] = defaultdict(list)
        for entry in sorted(self.entries.values(), key=lambda one: (_folded(one.name), one.code), reverse=True):
            below[self._parent(entry)].append(entry)
        ahead = [(depth, entry) for entry in below[parent]]
        while ahead:
            level, entry = ahead.pop()
            yield level, entry
            ahead += [(level + 1, one) for one in below[entry.code]]

    def path(self, code: CodeId) -> tuple[str, ...]:
        """The names from the top down to a code."""
        return tuple(one.name for one in reversed(self._upward(code)))

    def path_in(self, code: CodeId, language: str) -> str:
        """The names from the top down to a code for readers of a language: those that are there in it, else its own."""
        return " / ".join(dict(one.names).get(language, one.name) for one in reversed(self._upward(code)))

    def with_those_above(self, code: CodeId) -> frozenset[CodeId]:
        """A code and every code above it."""
        passed = set()
        at: CodeId | None = code
        while at is not None and at in self.entries:
            passed.add(at)
            at = self._parent(self.entries[at])
        return frozenset(passed)

    def counted_as(self, code: CodeId) -> CodeId:
        """The code that counts in place of one: itself, or the one that it was merged into, through all merges."""
        passed = set()
        while code not in passed and code in self.entries:
            passed.add(code)
            onward = self.entries[code].merged_into
            if onward is None or onward not in self.entries:
                return code
            code = onward
        return min(passed, default=code)

    def _upward(self, code: CodeId) -> list[CodeEntry]:
        passed = []
        at = self.entries.get(code)
        while at is not None:
            passed.append(at)
            parent = self._parent(at)
            at = None if parent is None else self.entries.get(parent)
        return passed

    def _parent(self, entry: CodeEntry) -> CodeId | None:
        return entry.parent if entry.parent in self.entries and entry.code not in self.in_loops else None


def check_entry(tree: CodeTree, entry: CodeEntry, texts: Iterable[AnswerText]) -> None:
    """Check an entry before it is saved, new or changed.

    Raises ProjectError PROJECT_029 (no name, or that of a sibling), PROJECT_030 (no such code above it, or a loop),
    PROJECT_031 (what it says is out of an answer), PROJECT_032 (merged into itself, or into nothing).
    """
    place = f"code {entry.name[:60]!r}"
    siblings = [one for one in tree.children(entry.parent) if one.code != entry.code and not one.retired]
    if not entry.name.strip() or _folded(entry.name) in {_folded(one.name) for one in siblings}:
        cause = "a code has a name that no other beside it has"
        raise project_error("PROJECT_029", place, cause, "name it by what sets it apart from its neighbours")
    entries = {**tree.entries, entry.code: entry}
    if entry.parent is not None and entry.parent not in tree.entries:
        raise _misplaced(place, "there is no such code above it")
    if entry.code in _above(entries, entry.code):
        raise _misplaced(place, "it would be above itself")
    if entry.merged_into is not None:
        _check_merge(tree, entry, place)
    _check_no_answer(entry, texts, place)


def _check_merge(tree: CodeTree, entry: CodeEntry, place: str) -> None:
    into = tree.entries.get(entry.merged_into or "")
    if into is None or not into.codable or tree.counted_as(into.code) == entry.code:
        cause = "it can count as another code only where there is one that codes, and that does not count as this one"
        raise project_error("PROJECT_032", place, cause, "give the code that stays")


def _check_no_answer(entry: CodeEntry, texts: Iterable[AnswerText], place: str) -> None:
    """Whatever is alike in so many characters has one whole piece of half of them in it, counted off from the start:
    only texts with such a piece are looked through."""
    said = [
        _folded(part)
        for part in (entry.name, entry.definition, entry.example, entry.when_not, *dict(entry.names).values())
    ]
    pieces = {piece for part in said for piece in _cut(part, _PIECE, _PIECE)}
    whole = {piece for part in said for piece in _cut(part, _SAME_WORDS_BY_CHANCE, 1)}
    if not whole:
        return
    for text in texts:
        folded = _folded(text.words)
        if any(piece in folded for piece in pieces) and any(piece in folded for piece in whole):
            cause = "it repeats an answer word for word, and would stay if that answer is withdrawn"
            raise project_error("PROJECT_031", place, cause, "make up an example that says the same in other words")


def _cut(part: str, length: int, step: int) -> Iterator[str]:
    return (part[at : at + length] for at in range(0, len(part) - length + 1, step))


def _misplaced(place: str, cause: str) -> ProjectError:
    return project_error("PROJECT_030", place, cause, "give a code above it that is there and not below it")


def _above(entries: Mapping[CodeId, CodeEntry], code: CodeId) -> frozenset[CodeId]:
    """Every code above one; itself among them if the way leads back to it."""
    passed: set[CodeId] = set()
    at = entries[code].parent
    while at is not None and at in entries and at not in passed:
        passed.add(at)
        at = entries[at].parent
    return frozenset(passed)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())

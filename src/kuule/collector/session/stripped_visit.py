"""A visit as it is sent: its open answers without the contacts that the study takes out of them.

The visit that travels in the page stays as it was typed. It is stripped each time that it is shown to be read through,
sent or paused, so that what is read through is what is sealed, and follow-ups and calculations are made of that alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from kuule.forms.model.paths import without_positions
from kuule.forms.navigation.review import ReviewLine, ReviewSection
from kuule.forms.navigation.visit import Visit
from kuule.forms.record import EMPTIED_BY_STRIPPING, STRIPPED_FLAGS
from kuule.forms.types.type_registry import question_type
from kuule.redaction.stripped_kinds import StrippedKind
from kuule.redaction.stripping import MARK, StrippedText, strip_contacts
from kuule.study.edition.study_edition import Edition

_IN_FIXED = frozenset({StrippedKind.LINKS, StrippedKind.MAIL, StrippedKind.SITES})
"""What is taken out of values that do not change during a visit. Those of `random` and `uuid` look like the others."""


@dataclass(frozen=True, slots=True)
class StrippedVisit:
    """`count`: how many contacts were taken out. `changed`: the instance paths of answers that had any; `emptied`: of
    those that had nothing else."""

    visit: Visit
    count: int = 0
    emptied: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()

    @property
    def flags(self) -> tuple[str, ...]:
        """What the record says of it."""
        if not self.count:
            return ()
        count = STRIPPED_FLAGS[min(self.count, len(STRIPPED_FLAGS)) - 1]
        return (count, EMPTIED_BY_STRIPPING) if self.emptied else (count,)

    @property
    def to_resume(self) -> Visit:
        """The visit as it is paused: an answer that had nothing else keeps the mark, so that it counts when it is
        sent."""
        return replace(self.visit, answers={**self.visit.answers, **dict.fromkeys(self.emptied, MARK)})

    def first_changed_page(self, sections: tuple[ReviewSection, ...]) -> str:
        """The key of the first page with such an answer; "" where there is none."""
        lines = (line for section in sections for line in section.lines)
        return next((line.page_key for line in lines if line.path in self.changed), "")

    def mark_emptied(self, sections: tuple[ReviewSection, ...]) -> tuple[ReviewSection, ...]:
        """The same sections, in which an answer that is sent as an empty one is not shown as skipped."""
        return tuple(replace(one, lines=tuple(map(self._marked, one.lines))) for one in sections)

    def shows_mark(self, sections: tuple[ReviewSection, ...]) -> bool:
        """Whether a mark is seen in these sections. Never so in a study that takes nothing out, even if somebody typed
        it."""
        lines = (line for section in sections for line in section.lines)
        return self.count > 0 and any(MARK in text for line in lines for text in (line.question, *line.answers))

    def _marked(self, line: ReviewLine) -> ReviewLine:
        return replace(line, answers=(MARK,)) if line.path in self.emptied and not line.answers else line


def strip_visit(edition: Edition, visit: Visit) -> StrippedVisit:
    """The visit without contacts in its open answers, in what did not fit and was kept as it was typed, and in values
    that the form once made of them."""
    kinds = edition.study.stripped_kinds
    if not kinds:
        return StrippedVisit(visit)
    asked = ((item.path, item.control) for item in edition.form.items if item.control is not None)
    open_paths = {path for path, control in asked if question_type(control).is_text}
    given = {path: text for path, text in visit.answers.items() if without_positions(path) in open_paths}
    found = {path: _counted(text, kinds) for path, text in given.items()}
    emptied = frozenset(path for path, one in found.items() if one.emptied)
    stripped = replace(
        visit,
        answers={**visit.answers, **{path: one.text for path, one in found.items()}},
        typed={path: strip_contacts(text, kinds).text for path, text in visit.typed.items()},
        fixed={path: strip_contacts(text, _IN_FIXED & set(kinds)).text for path, text in visit.fixed.items()},
    )
    changed = frozenset(path for path, one in found.items() if one.count)
    return StrippedVisit(stripped, sum(one.count for one in found.values()), emptied, changed)


def _counted(text: str, kinds: Collection[StrippedKind]) -> StrippedText:
    """A stripped answer, in which what was taken out before a pause counts as well."""
    now, before = strip_contacts(text, kinds), text.count(MARK)
    emptied = now.emptied or (before > 0 and not any(map(str.isalnum, now.text)))
    return StrippedText("" if emptied else now.text, now.count + before, emptied)

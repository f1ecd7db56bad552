"""A project that is open: its texts, its acts, and saving."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kuule.opening.protected_key import Argon2Parameters, Passphrase
from kuule.qualitative.act_log.act_making import make_act
from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.project.passphrase_slot import PROJECT_ARGON2
from kuule.qualitative.project.row_codec import ProjectRow, Tombstone
from kuule.qualitative.project.sealed_rows import SealedRows
from kuule.qualitative.project_model.acts import Act, ActContent, TakenDataset
from kuule.qualitative.project_model.answer_text import AnswerText, TextId
from kuule.qualitative.project_model.project_problems import project_error


@contextmanager
def paused_collection() -> Iterator[None]:
    """No collection of garbage meanwhile: many objects are made that all stay, and looking through them again and again
    is a fifth of the time that a large project takes to open."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


class OpenProject:
    """An open project. `texts` are those that were not withdrawn, `log` has all acts; both follow what is saved."""

    def __init__(self, rows: SealedRows) -> None:
        """Read all of it. Raises ProjectError PROJECT_004, PROJECT_006, PROJECT_007."""
        self._rows = rows
        self._writing = threading.RLock()
        self.texts: dict[TextId, AnswerText] = {}
        self.tombstones: set[TextId] = set()
        self.log = ActLog()
        with paused_collection():
            for row in rows.read():
                self._take(row)

    @property
    def path(self) -> Path:
        return self._rows.storage.path

    @property
    def id(self) -> bytes:
        """The project's own random id, which all its copies have."""
        return self._rows.storage.header.project

    @property
    def datasets(self) -> tuple[TakenDataset, ...]:
        """The version of the dataset that its texts are of; several if copies took in different ones."""
        acts = self.log.in_force(("dataset",))
        return tuple(act.content for act in acts if isinstance(act.content, TakenDataset))

    def rows(self) -> Iterator[ProjectRow]:
        """Everything that is in it, for a copy that takes it in."""
        yield from (Tombstone(text) for text in sorted(self.tombstones))
        yield from self.texts.values()
        yield from self.log

    def save(self, contents: Iterable[ActContent], *, role: str, day: date) -> tuple[Act, ...]:
        """Save what somebody says, all of it or nothing, and return once it is on the disk.

        Raises ProjectError PROJECT_009 (the disk does not take it), PROJECT_020 (the role), PROJECT_025 (a text that is
        not in the project); ValueError if it says two things of one cell.
        """
        with self._writing:
            said = list(contents)
            if len({content.cell for content in said}) < len(said):
                raise ValueError("one save says one thing of a cell")
            for content in said:
                if content.about_text is not None:
                    self.text(content.about_text)
            acts = tuple(make_act(self.log, content, role=role, day=day) for content in said)
            self.apply(acts)
            return acts

    def text(self, text: TextId) -> AnswerText:
        """The text with an id. Raises ProjectError PROJECT_025."""
        if text not in self.texts:
            cause = "no text of the project has this id"
            remedy = "it was withdrawn, or the id was mistyped: look for it in the list of texts"
            raise project_error("PROJECT_025", f"text {text[:40]!r}", cause, remedy)
        return self.texts[text]

    def apply(self, rows: Iterable[ProjectRow]) -> None:
        """Put in rows as they are, in one transaction. With a tombstone its text goes, and every act about it. What is
        there already, or is about a withdrawn text, is left out.

        Raises ProjectError PROJECT_009; then nothing has changed.
        """
        with self._writing:
            added = self.unknown(rows)
            withdrawn = {row.text for row in added if isinstance(row, Tombstone)}
            removed = [one for text in sorted(withdrawn) for one in self._ids_about(text)]
            if not added and not removed:
                return
            self._rows.change(added, removed)
            for text in withdrawn:
                self.texts.pop(text, None)
                self.log.remove_text(text)
            for row in added:
                self._take(row)

    def unknown(self, rows: Iterable[ProjectRow]) -> tuple[ProjectRow, ...]:
        """Those of some rows that `apply` would put in."""
        given = tuple(rows)
        withdrawn = {row.text for row in given if isinstance(row, Tombstone)} - self.tombstones
        return tuple(row for row in given if self._is_new(row, withdrawn))

    def text_id(self, item: str, language: str, words: str) -> TextId:
        """The id of a text. Where it was withdrawn and somebody wrote the same again, that of the next generation."""
        generation = 0
        while (found := self._rows.text_id(generation, item, language, words)) in self.tombstones:
            generation += 1
        return found

    def was_withdrawn(self, item: str, language: str, words: str) -> bool:
        """Whether a text like this was in the project once and was withdrawn."""
        return self._rows.text_id(0, item, language, words) in self.tombstones

    def change_passphrase(self, passphrase: Passphrase, *, cost: Argon2Parameters = PROJECT_ARGON2) -> None:
        """From now on this file opens with another passphrase and is sealed with another key; copies of it keep theirs.
        Raises ProjectError PROJECT_009, KeyMaterialError KEY_042."""
        with self._writing:
            self._rows.seal_anew(passphrase, cost)

    def _is_new(self, row: ProjectRow, withdrawn: set[TextId]) -> bool:
        if isinstance(row, Tombstone):
            return row.text not in self.tombstones
        dead = self.tombstones | withdrawn if withdrawn else self.tombstones
        if isinstance(row, AnswerText):
            return row.id not in self.texts and row.id not in dead
        return row.id not in self.log and row.content.about_text not in dead

    def _ids_about(self, text: TextId) -> list[str]:
        own = [text] if text in self.texts else []
        return own + [act.id for act in self.log.acts_about(text)]

    def _take(self, row: ProjectRow) -> None:
        if isinstance(row, Act):
            self.log.add(row)
        elif isinstance(row, AnswerText):
            self.texts[row.id] = row
        else:
            self.tombstones.add(row.text)

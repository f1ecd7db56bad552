"""One sitting of one person at one project: it is open, it is known in which role they are, and which day it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kuule.opening.protected_key import Passphrase
from kuule.qualitative.act_log.act_making import check_role
from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.coding.text_codings import CodingOutcome, coding_outcome
from kuule.qualitative.project.dataset_intake import check_dataset_is_taken
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.project_files import opened_project
from kuule.qualitative.project_model.acts import Act, ActContent
from kuule.qualitative.project_model.answer_text import AnswerText, QuoteLeave, TextId
from kuule.qualitative.project_model.notes_and_translations import AnswerTranslation
from kuule.qualitative.quotes.given_leave import leave_of
from kuule.qualitative.redaction_log.passes import RedactionState, redaction_state
from kuule.qualitative.retrieval.text_search import TextIndex
from kuule.sealing.memory_protection import protect_process_memory
from kuule.usecases.progress import SILENT, ProgressListener


@dataclass
class ProjectSession:
    """An open project, and who is at it. The search index is made at the first search.

    One thread at a time uses a session: what is listed would change under another that saves.
    """

    project: OpenProject
    role: str
    day: date
    _index: TextIndex = field(default_factory=TextIndex, repr=False)

    @property
    def log(self) -> ActLog:
        return self.project.log

    @property
    def tree(self) -> CodeTree:
        return self.log.derive("", "tree", lambda: CodeTree.from_log(self.log))

    def text(self, text: TextId) -> AnswerText:
        """The text with an id, or with the first characters of one that no other begins with. Raises ProjectError
        PROJECT_025."""
        if text not in self.project.texts and len(text) >= _SHORTEST_ID:
            alike = [one for one in self.project.texts if one.startswith(text)]
            text = alike[0] if len(alike) == 1 else text
        return self.project.text(text)

    def redaction_state(self, text: TextId) -> RedactionState:
        """How far the redaction of a text is."""
        return self.log.derive(text, "redaction", lambda: redaction_state(self.log, text))

    def leave(self, text: TextId) -> QuoteLeave:
        """Whether a text may be quoted."""
        return leave_of(self.log, text)

    def coding_outcome(self, text: TextId) -> CodingOutcome:
        """What the codings of a text come to."""
        return self.log.derive(text, "coding", lambda: coding_outcome(self.log, self.tree, text))

    def save(self, *contents: ActContent) -> tuple[Act, ...]:
        """Save what this person says. Raises what `OpenProject.save` raises."""
        acts = self.project.save(contents, role=self.role, day=self.day)
        for content in contents:
            if isinstance(content, AnswerTranslation):
                self._index.put(self.project.texts[content.text], *self._translations(content.text))
        return acts

    def search(self, query: str) -> frozenset[TextId]:
        """The texts with every word of a query, in the original or in a translation."""
        for new in self._index.keep(self.project.texts):
            self._index.put(self.project.texts[new], *self._translations(new))
        return self._index.search(query)

    def forget_index(self) -> None:
        """Make the search index anew at the next search: something came that was not said here."""
        self._index = TextIndex()

    def _translations(self, text: TextId) -> tuple[str, ...]:
        found = [act.content for cell in self.log.cells_about(text, "translation") for act in self.log.in_force(cell)]
        return tuple(one.words for one in found if isinstance(one, AnswerTranslation))


_SHORTEST_ID = 6


def protect_memory(progress: ProgressListener) -> None:
    """Keep this process out of core dumps and swap, and tell what the system does not allow."""
    for sentence in protect_process_memory():
        progress.note(f"note: {sentence}")


@contextmanager
def project_session(
    path: Path,
    passphrase: Passphrase,
    *,
    role: str,
    day: date,
    dataset: Path | None = None,
    progress: ProgressListener = SILENT,
) -> Iterator[ProjectSession]:
    """Open a project for one sitting. With a dataset, only if its texts are of the version that is there now. This
    process is kept out of core dumps and swap, as far as the system lets it; `progress` is told what could not be.

    Raises ProjectError as `opened_project` does, PROJECT_013 (another version), PROJECT_020 (the role); ArchiveError as
    `read_dataset` does.
    """
    check_role(role)
    protect_memory(progress)
    with opened_project(path, passphrase) as project:
        if dataset is not None:
            check_dataset_is_taken(project, dataset)
        yield ProjectSession(project, role, day)

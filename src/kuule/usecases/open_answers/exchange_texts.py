"""What export and import of REFI-QDA share: the secret of a project's GUIDs, and its redacted texts as they are
written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kuule.qualitative.project_model.answer_text import AnswerText, TextId
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.project_model.project_problems import ProjectError, project_error
from kuule.qualitative.redaction_log.redacted_text import redacted_text
from kuule.qualitative.refi_qda.coding_matching import WrittenText
from kuule.qualitative.refi_qda.exchange_guids import GuidMaker
from kuule.qualitative.refi_qda.exchanged_project import Guid
from kuule.usecases.open_answers.project_session import ProjectSession

PROJECT_ENDING, CODEBOOK_ENDING = ".qdpx", ".qdc"
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_TOKEN = re.compile(r"[0-9a-f]{12}(?![0-9a-f])")
_TOKEN_LENGTH = 12


def guid_maker(session: ProjectSession) -> GuidMaker:
    """The project's maker of GUIDs. Its secret is made with the project's key, as the ids of texts are: it is the same
    in all copies, and nobody without the passphrase can work it out."""
    return GuidMaker(bytes.fromhex(session.project.text_id("", "", "secret of REFI-QDA")))


def ending_error(name: str) -> ProjectError:
    """The problem PROJECT_051 of a file with another ending than the two of REFI-QDA."""
    remedy = f"call it {PROJECT_ENDING} for texts and codings, {CODEBOOK_ENDING} for the codebook alone"
    return project_error("PROJECT_051", name, "its ending is none of REFI-QDA's", remedy)


def text_name(text: AnswerText, guid: Guid) -> str:
    """What a text is called in a file: question, language, and the beginning of its GUID, by which it is found again
    when a program gives it another GUID."""
    return f"{_UNSAFE.sub('-', text.item).strip('-')}-{text.language}-{_token(guid)}"


@dataclass(frozen=True)
class TextFinder:
    """Finds the texts of a project by what a file says of them."""

    by_guid: Mapping[Guid, TextId]
    by_token: Mapping[str, TextId]

    @classmethod
    def from_session(cls, session: ProjectSession, guids: GuidMaker) -> TextFinder:
        by_guid = {guids.of_text(text): text for text in session.project.texts}
        return cls(by_guid, {_token(guid): text for guid, text in by_guid.items()})

    def find(self, guid: Guid, name: str) -> TextId | None:
        if guid in self.by_guid:
            return self.by_guid[guid]
        found = _TOKEN.findall(name)
        return self.by_token.get(found[-1]) if found else None

    def knows(self, guid: Guid, name: str) -> bool:
        return self.find(guid, name) is not None


def written_text(session: ProjectSession, text: TextId) -> WrittenText:
    """A text without what passes that are done marked, as it is written to a file."""
    return WrittenText.from_redacted_text(redacted_text(session.log, session.project.texts[text]))


def memos_in_force(session: ProjectSession) -> tuple[Memo, ...]:
    """Every memo that has words, each once."""
    found = (session.log.content(cell) for cell in session.log.cells("memo"))
    return tuple(one for one in found if isinstance(one, Memo) and one.words)


def _token(guid: Guid) -> str:
    return guid.replace("-", "")[:_TOKEN_LENGTH]

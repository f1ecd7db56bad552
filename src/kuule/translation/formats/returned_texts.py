"""What came back from a translator in any format: texts by key, and what each of them was made from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kuule.core.problems import Problem, StudyError
from kuule.languages.workflow.entries import text_hash
from kuule.languages.workflow.states import TextOrigin

_REGION = re.compile(r"-(?:[a-z]{2}|\d{3})$")
_NAME_ENDS = re.compile(r"[. (]")
BLANK_HASH = text_hash("")
"""The hash of the empty text: recorded for an entry that was sent out without a translation."""


@dataclass(frozen=True, slots=True)
class ReturnedText:
    """One text of a file.

    `sent_hash` is the hash of the text that was sent out ("" if the file does not say), and `translated_source_hash`
    that of the source it was made for. `seen_source_hash` is the hash of the source that the translator saw. `is_fuzzy`
    is set if an editor marked the text as needing work.
    """

    key: str
    text: str
    sent_hash: str = ""
    translated_source_hash: str = ""
    seen_source_hash: str = ""
    source: str = ""
    is_fuzzy: bool = False
    notes: tuple[str, ...] = ()
    origin: TextOrigin = TextOrigin.MACHINE
    """Who wrote the text that was sent out; if the file does not say, a machine, which opens nothing."""
    by: str = ""
    on: str = ""

    @property
    def was_edited(self) -> bool | None:
        """Whether somebody changed this text after it was sent out; None if the file cannot tell."""
        return self.sent_hash != text_hash(self.text) if self.sent_hash else None


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """The texts that one file has in one language."""

    name: str
    language: str
    texts: tuple[ReturnedText, ...]


def resolve_language(name: str, written: str, languages: Sequence[str], *, source: str) -> str:
    """The tag, among those offered, that a file is for. Raises StudyError LANG_052, also if the name of the file and
    its content name different languages of the study: one of them would overwrite somebody's work."""
    found = _among(written, languages)
    if found is None:
        offered = ", ".join(one for one in languages if one != source)
        cause = f"its language is {written!r}, and those offered are {offered}" if written else "it names no language"
        remedy = "add the language to study.toml (words of Kuule: name it with --language), or mend the file's language"
        raise StudyError(Problem("LANG_052", name, cause, remedy))
    if found == source:
        cause = f"its language is {found}, in which the texts are written"
        raise StudyError(
            Problem("LANG_052", name, cause, "change them where they stand: in the questionnaire, or in interface.pot")
        )
    named = _among(_NAME_ENDS.split(name)[0], languages)
    if named not in {None, found}:
        cause = f"its name says {named}, and what stands in it says {found}"
        remedy = (
            "see which it is, then set the language in the editor (PO: Language, XLIFF: trgLang) or rename the file"
        )
        raise StudyError(Problem("LANG_052", name, cause, remedy))
    return found


def _among(written: str, languages: Sequence[str]) -> str | None:
    """The language that is meant. Editors like to add a country (`fi_FI`), which is dropped if the study has the
    language without one. A script is not dropped, since `sr-Latn` is not `sr`."""
    tag = written.replace("_", "-").lower()
    plain = _REGION.sub("", tag)
    return next((one for wanted in (tag, plain) for one in languages if one.lower() == wanted), None)

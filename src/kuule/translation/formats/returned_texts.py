"""What came back from a translator, whatever the kind of file: texts by key, and what each was made from."""

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
"""The hash of no text: what an entry went out with that had none, or was to be translated unseen."""


@dataclass(frozen=True, slots=True)
class ReturnedText:
    """One text of a file. `base` is the hash of the text that it went out with ("" where the file does not say), made
    for the source of the hash `held_for`; `source_hash` is that of the source beside which it was worked on. `unsure`
    is set where an editor marked it as needing work."""

    key: str
    text: str
    sent_hash: str = ""
    translated_source_hash: str = ""
    seen_source_hash: str = ""
    source: str = ""
    is_fuzzy: bool = False
    notes: tuple[str, ...] = ()
    origin: TextOrigin = TextOrigin.MACHINE
    """Who made the text that went out; where the file does not say, the one that opens nothing."""
    by: str = ""
    on: str = ""

    @property
    def was_edited(self) -> bool | None:
        """Whether somebody wrote this text since it went out; None where the file cannot tell."""
        return self.sent_hash != text_hash(self.text) if self.sent_hash else None


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """What one file has of one language."""

    name: str
    language: str
    texts: tuple[ReturnedText, ...]


def resolve_language(name: str, written: str, languages: Sequence[str], *, source: str) -> str:
    """The tag, among those that are offered, that a file means. Raises StudyError LANG_052, also where the file's name
    says another of them than the file does: one of the two would overwrite somebody's work."""
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
    """The language that is meant. Editors like to add where it is spoken (`fi_FI`): that is dropped where the study has
    the language as such; a script is not, since `sr-Latn` is not what `sr` is."""
    tag = written.replace("_", "-").lower()
    plain = _REGION.sub("", tag)
    return next((one for wanted in (tag, plain) for one in languages if one.lower() == wanted), None)

"""What came back from a translator, whatever the kind of file: texts by key, and what each was made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kuule.errors import Problem, StudyError
from kuule.languages.states import Origin
from kuule.languages.texts import text_hash

BLANK = text_hash("")
"""The hash of no text: what an entry went out with that had none, or was to be translated unseen."""


@dataclass(frozen=True, slots=True)
class Given:
    """One text of a file. `base` is the hash of the text that it went out with ("" where the file does not say), made
    for the source of the hash `held_for`; `source_hash` is that of the source beside which it was worked on. `unsure`
    is set where an editor marked it as needing work."""

    key: str
    text: str
    base: str = ""
    held_for: str = ""
    source_hash: str = ""
    source: str = ""
    unsure: bool = False
    notes: tuple[str, ...] = ()
    origin: Origin = Origin.MACHINE
    """Who made the text that went out; where the file does not say, the one that opens nothing."""
    by: str = ""
    on: str = ""

    @property
    def touched(self) -> bool | None:
        """Whether somebody wrote this text since it went out; None where the file cannot tell."""
        return self.base != text_hash(self.text) if self.base else None


@dataclass(frozen=True, slots=True)
class GivenFile:
    """What one file has of one language."""

    name: str
    language: str
    texts: tuple[Given, ...]


def resolved(name: str, written: str, languages: Sequence[str], *, source: str) -> str:
    """The tag, among those of the study, that a file means. Raises StudyError LANG_052."""
    tag = written.replace("_", "-")
    found = next((one for one in languages if one.lower() == tag.lower()), None)
    if found is None:
        offered = ", ".join(one for one in languages if one != source)
        cause = f"its language is {written!r}, and study.toml offers {offered}" if written else "it names no language"
        raise StudyError(
            Problem("LANG_052", name, cause, "add the language to study.toml, or mend the file's language")
        )
    if found == source:
        cause = f"its language is {found}, in which the study is written"
        raise StudyError(Problem("LANG_052", name, cause, "change the source texts in the questionnaire itself"))
    return found

"""What of a file was not taken into the study, why, and what to do instead; as data and as a text for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why something was left out."""

    UPLOAD = "upload"
    POSITION = "position"
    IDENTITY = "identity"
    MOMENT = "moment"
    SCRIPT = "script"
    PIPING = "piping"
    QUOTA = "quota"
    TYPE = "type"
    REQUIRED = "required"
    MEDIA = "media"
    CONDITION = "condition"
    EXPRESSION = "expression"
    FILE = "file"
    ORDER = "order"
    SCORE = "score"
    FLOW = "flow"
    SETTING = "setting"
    MARKUP = "markup"
    LANGUAGE = "language"
    NAME = "name"
    REFUSED = "refused"
    OWN_WORDS = "own words"


REASONS: Mapping[Reason, tuple[str, str]] = {
    Reason.UPLOAD: ("no files are ever taken from people", "ask in words or by choices"),
    Reason.POSITION: ("a position can find a person", "ask for the country, or for a kind of place, by choices"),
    Reason.IDENTITY: ("nobody is asked who they are", "leave it out, or ask by choices that fit many people"),
    Reason.MOMENT: ("only the week of sending is kept, and nothing of the device", "leave it out"),
    Reason.SCRIPT: ("pages of a survey have no scripts", "say it in words, or split the question into several"),
    Reason.PIPING: ("what was filled in there cannot be said here", "read the text, and write it without"),
    Reason.QUOTA: ("nobody is turned away by what others answered", "leave it out"),
    Reason.TYPE: ("there is no question of this kind", "ask it by choices, a number or a text"),
    Reason.REQUIRED: ("everyone may skip every question but the two gates", "leave it so"),
    Reason.MEDIA: ("the file is not in the export", "put it into media/, and name it in the column image or audio"),
    Reason.CONDITION: (
        "it cannot be said in the form's language, so everyone is asked now",
        "write the condition into the column relevant",
    ),
    Reason.EXPRESSION: ("it cannot be said in the form's language", "write it anew in the form, or leave it out"),
    Reason.FILE: ("it reads a file that is not in the export", "put the file beside the form, and name it there"),
    Reason.ORDER: (
        "the order is that of the file",
        "write randomize=true into parameters for choices; pages stay in order",
    ),
    Reason.SCORE: ("answers are not scored", "compute it in the analysis"),
    Reason.FLOW: ("people go through the form in its order", "write a condition into relevant where it matters"),
    Reason.SETTING: ("it is a setting of that program", "look through study.toml, which has those of a study here"),
    Reason.MARKUP: ("texts have emphasis and links, and nothing else", "look at the text in the preview"),
    Reason.LANGUAGE: ("no language is known by that name", "name it by its tag, and import again"),
    Reason.NAME: ("names are letters, digits and _, each once", "use the new name in settings and reports"),
    Reason.REFUSED: ("a check of the study refuses it", "ask it in another way"),
    Reason.OWN_WORDS: (
        "the program has these words and the file has not, so they are in English",
        "write them in the language of the form",
    ),
}
"""For each reason, why it is so and what to do instead."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """One thing that was left out or changed. `place` is where it is in the file, `what` it is, in the file's own
    words; `why` and `remedy` are those of the reason if they say nothing else."""

    place: str
    what: str
    reason: Reason
    why: str = ""
    remedy: str = ""

    @property
    def said_why(self) -> str:
        return self.why or REASONS[self.reason][0]

    @property
    def said_remedy(self) -> str:
        return self.remedy or REASONS[self.reason][1]


class NotTakenNotes:
    """Collects what a reader leaves out, in the order of the file, each once."""

    def __init__(self) -> None:
        self._found: dict[NotTaken, None] = {}

    def add(self, place: str, what: str, reason: Reason, *, why: str = "", remedy: str = "") -> None:
        """Note one thing."""
        self._found[NotTaken(place, _short(what), reason, why, remedy)] = None

    def entries(self) -> tuple[NotTaken, ...]:
        """All that was noted."""
        return tuple(self._found)


_LONGEST = 160


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def grouped_by_cause(entries: Iterable[NotTaken]) -> dict[tuple[str, str], list[NotTaken]]:
    """The entries by why they were left out and what to do, in the order of their first ones."""
    groups: dict[tuple[str, str], list[NotTaken]] = {}
    for one in entries:
        groups.setdefault((one.said_why, one.said_remedy), []).append(one)
    return groups


def not_taken_text(entries: Iterable[NotTaken], *, file: str, program: str) -> str:
    """The list as the file that stays in the study's folder."""
    groups = grouped_by_cause(entries)
    lines = [
        f"# What was not taken from {file}",
        "",
        f"`kuule import` read it as {program}. What is listed here is not in the form, or is there in another way.",
        "Go through it once, and delete this file when nothing in it is open.",
    ]
    for (why, remedy), found in groups.items():
        lines += ["", f"## {why[:1].upper()}{why[1:]}", "", f"{remedy[:1].upper()}{remedy[1:]}.", ""]
        lines += [f"- {_code(one.place)}: {_code(one.what)}" for one in found]
    if not groups:
        lines += ["", "Everything was taken."]
    return "\n".join(lines) + "\n"


def _code(text: str) -> str:
    """Words of a file, so that no Markdown and no HTML comes of them."""
    return f"`{text.replace('`', chr(0x2019))}`"

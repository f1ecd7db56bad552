"""[cleaning] in study.toml: which responses are excluded before anything is counted. Nothing is deleted.

The rules are declared before anyone has seen the answers, and frozen with the edition: that is what makes them honest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kuule.forms.record import FASTER_THAN_READING, HIDDEN_FIELD_FILLED
from kuule.study.settings.table_reader import TableReader

QUALITY_FLAGS = (HIDDEN_FIELD_FILLED, FASTER_THAN_READING)
"""What a collector can note inside an envelope."""
MIN_ANSWERS_OF_DUPLICATES = 10
"""With fewer answers, two people can be equal by chance."""
MIN_STRAIGHT_LINE_QUESTIONS = 3
_MOST_DOUBLE = 1000


@dataclass(frozen=True, slots=True)
class CleaningSettings:
    """`flags`: quality flags set by the collector. `doubles_from`: the number of answers from which a response that
    equals another is excluded; 0 for never. `straight_lines` are questions of one list, by name. `contradictions` are
    answers that cannot all be true, by name: question → codes."""

    empty: bool = False
    flags: tuple[str, ...] = ()
    doubles_from: int = 0
    straight_lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contradictions: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of all rules, in the order in which they apply."""
        return (
            *(["empty"] if self.empty else []),
            *self.flags,
            *(["doubles"] if self.doubles_from else []),
            *(f"straight_line:{name}" for name in self.straight_lines),
            *(f"contradiction:{name}" for name in self.contradictions),
        )


def read_cleaning(table: TableReader) -> CleaningSettings:
    """The settings in the table [cleaning]. Problems are added to `table`."""
    flags = table.texts("flags", words=QUALITY_FLAGS)
    doubles = table.integer("doubles_from", 0, lowest=0, highest=_MOST_DOUBLE)
    if 0 < doubles < MIN_ANSWERS_OF_DUPLICATES:
        table.reject_value(
            "doubles_from",
            doubles,
            f"write {MIN_ANSWERS_OF_DUPLICATES} or more: with fewer, two people are alike by chance",
        )
    cleaning = CleaningSettings(
        empty=table.boolean("empty"),
        flags=flags,
        doubles_from=doubles,
        straight_lines=_lines(table.subtable("straight_lines")),
        contradictions=_contradictions(table.subtable("contradictions")),
    )
    table.reject_unknown_keys()
    return cleaning


def _lines(table: TableReader) -> dict[str, tuple[str, ...]]:
    lines = {}
    for name, reader in table.subtables("name of a rule"):
        lines[name] = reader.texts("questions")
        if len(lines[name]) < MIN_STRAIGHT_LINE_QUESTIONS:
            reader.reject_value(
                "questions", ", ".join(lines[name]), f"name {MIN_STRAIGHT_LINE_QUESTIONS} questions or more"
            )
        reader.reject_unknown_keys()
    return lines


def _contradictions(table: TableReader) -> dict[str, Mapping[str, tuple[str, ...]]]:
    contradictions: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for name, reader in table.subtables("name of a rule"):
        answers = {question: reader.texts(question) for question in reader.own_names()}
        if len(answers) < 2 or not all(answers.values()):
            table.add_problem(
                "STUDY_105", name, "one answer alone contradicts nothing", "name answers of two questions or more"
            )
        contradictions[name] = answers
    return contradictions


def table_from_cleaning(cleaning: CleaningSettings) -> dict[str, object]:
    """The reverse of reading: the shape of study.toml, for JSON."""
    return {
        "empty": cleaning.empty,
        "flags": list(cleaning.flags),
        "doubles_from": cleaning.doubles_from,
        "straight_lines": {name: {"questions": list(asked)} for name, asked in cleaning.straight_lines.items()},
        "contradictions": {
            name: {question: list(codes) for question, codes in answers.items()}
            for name, answers in cleaning.contradictions.items()
        },
    }

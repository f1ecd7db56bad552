"""[answers] in study.toml: what the form does not say about its answers, and what is taken out of open ones."""

from __future__ import annotations

from kuule.redaction.stripped_kinds import StrippedKind
from kuule.study.settings.study_settings import AnswerSettings, Audience
from kuule.study.settings.table_reader import TableReader

_LONGEST_TEXT = 10_000


def read_answer_settings(table: TableReader, audience: str) -> AnswerSettings:
    """The settings in the table [answers]. Problems are added to `table`."""
    answers = AnswerSettings(
        territories=table.texts("territories"),
        ordered=table.texts("ordered"),
        open_text=table.texts("open_text"),
        sensitive=table.texts("sensitive"),
        routing=table.texts("routing"),
        longest_text=table.integer("longest_text", AnswerSettings().longest_text, lowest=1, highest=_LONGEST_TEXT),
        strip=_stripped_kinds(table, audience),
    )
    table.reject_unknown_keys()
    return answers


def _stripped_kinds(table: TableReader, audience: str) -> tuple[StrippedKind, ...]:
    kinds = {str(kind): kind for kind in StrippedKind}
    names = table.texts("strip", words=kinds)
    if names and audience == Audience.OFFENDERS and set(kinds) - set(names):
        remedy = "leave it out: from answers to a study of offenders everything is taken out"
        table.reject_value("strip", ", ".join(names), remedy)
    return tuple(kinds[name] for name in names if name in kinds)


def table_from_answer_settings(answers: AnswerSettings) -> dict[str, object]:
    """The reverse: the shape of study.toml, for JSON. Without `strip` where nothing is asked for, so that such a study
    freezes to the same bytes as ever."""
    return {
        "territories": list(answers.territories),
        "ordered": list(answers.ordered),
        "open_text": list(answers.open_text),
        "sensitive": list(answers.sensitive),
        "routing": list(answers.routing),
        "longest_text": answers.longest_text,
        **({"strip": [str(kind) for kind in answers.strip]} if answers.strip else {}),
    }

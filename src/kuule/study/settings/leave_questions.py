"""[leave_to_quote] in study.toml: which question asks whether what somebody wrote may be quoted, and of which texts.

The answer goes beside these texts in a dataset, and nowhere else. See decision 0101.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kuule.study.settings.table_reader import TableReader


@dataclass(frozen=True, slots=True)
class LeaveQuestion:
    """The `answers` that give leave, and the questions whose `texts` may then be quoted; none means all of them."""

    answers: tuple[str, ...]
    texts: tuple[str, ...] = ()


LeaveQuestions = Mapping[str, LeaveQuestion]
"""By the name of the question."""


def read_leave_questions(table: TableReader) -> LeaveQuestions:
    """The table `[leave_to_quote.name]`. Problems are added to `table`."""
    asked = {}
    for name, reader in table.subtables("name of a question"):
        answers = reader.texts("answers")
        if not answers:
            reader.add_problem("STUDY_102", "answers", "no answer gives leave", 'name those that do, like ["yes"]')
        asked[name] = LeaveQuestion(answers, reader.texts("texts"))
        reader.reject_unknown_keys()
    _check_asked_once(asked, table)
    return asked


def _check_asked_once(asked: LeaveQuestions, table: TableReader) -> None:
    """Of one text, one question asks: two could be answered with yes and no."""
    seen: set[str] = set()
    for name, one in asked.items():
        twice = sorted(seen & set(one.texts))
        if twice or (len(asked) > 1 and not one.texts):
            what = f"{twice[0]!r} is in two of them" if twice else "it is for all texts, and there is another"
            table.add_problem("STUDY_110", name, what, "name each text in the texts of one question")
        seen |= set(one.texts)


def table_from_leave_questions(asked: LeaveQuestions) -> dict[str, object]:
    """The reverse: what is to be put into the table of all settings. Nothing where nobody is asked, so that such an
    edition has the same bytes as ever."""
    if not asked:
        return {}
    tables = {name: {"answers": list(one.answers), "texts": list(one.texts)} for name, one in asked.items()}
    return {"leave_to_quote": tables}

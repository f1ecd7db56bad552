"""What a study's author sets for its rehearsal: rehearsal.toml as frozen data. Nothing is random here.

Whether the names exist is checked against the study (`rules/report/rehearsal_names`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kuule.core.problems import StudyError
from kuule.study.settings.table_reader import TableReader

REHEARSAL_FILE = "rehearsal.toml"
_MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class RehearsalSettings:
    """How likely each answer is. Everything that is not set is uniform.

    `answers` maps the name of an item to answer code → weight. `texts` maps a language tag to item → texts that a
    person may write ("" counts for every language). `languages` maps a tag to a weight. `pass_over` is the chance that
    a question is passed over; `stop_early` and `leave` are the chances, for each page, that a person sends from there
    or leaves without sending. `pause` is the chance, for each page, to pause there and come back by the code, and
    `withdraw` the chance that a response is withdrawn. Both cost the site a slow hash or a rewritten store, and are 0
    unless they are set.
    """

    answers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    languages: Mapping[str, float] = field(default_factory=dict)
    pass_over: float = 0.05
    stop_early: float = 0.004
    leave: float = 0.004
    pause: float = 0.0
    withdraw: float = 0.0

    def with_default_answers(self, answers: Mapping[str, Mapping[str, float]]) -> RehearsalSettings:
        """The same settings, with these answers to questions for which nothing is set."""
        return replace(self, answers={**answers, **self.answers})


def read_rehearsal_settings(content: Mapping[str, object]) -> RehearsalSettings:
    """Read the content of a rehearsal.toml. Raises StudyError STUDY_103 to STUDY_105 with everything that is wrong."""
    top = TableReader(REHEARSAL_FILE, "", content)
    settings = read_rehearsal_table(top)
    if top.problems:
        raise StudyError(*top.problems)
    return settings


def read_rehearsal_table(top: TableReader) -> RehearsalSettings:
    """The settings, with placeholders for what cannot be read. Problems are added to `top`."""
    usual = RehearsalSettings()
    answers = top.subtable("answers")
    settings = RehearsalSettings(
        answers={item: _weights(answers.subtable(item), answers, item) for item in answers.own_names()},
        texts=_texts(top.subtable("texts")),
        languages=_weights(top.subtable("languages"), top, "languages"),
        pass_over=top.number("pass_over", usual.pass_over, highest=1),
        stop_early=top.number("stop_early", usual.stop_early, highest=1),
        leave=top.number("leave", usual.leave, highest=1),
        pause=top.number("pause", usual.pause, highest=1),
        withdraw=top.number("withdraw", usual.withdraw, highest=1),
    )
    top.reject_unknown_keys()
    return settings


def _weights(table: TableReader, around: TableReader, name: str) -> Mapping[str, float]:
    weights = {code: table.number(code, 1, highest=_MOST) for code in table.own_names()}
    if weights and not any(weights.values()):
        around.add_problem("STUDY_105", name, "every weight is 0", "give at least one of them more")
    return weights


def _texts(table: TableReader) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Items directly under [texts] count for every language; tables under it are languages."""
    own, languages = table.own_names_by_kind()
    everywhere = {item: table.texts(item) for item in own}
    read = {tag: table.subtable(tag) for tag in languages}
    by_tag = {tag: {item: inner.texts(item) for item in inner.own_names()} for tag, inner in read.items()}
    return {"": everywhere, **by_tag} if everywhere or by_tag else {}

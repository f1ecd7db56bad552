"""The table of a study's languages as one member sees it: how far each is, who works on it, what keeps it from opening
and what comes next. The language that is furthest from opening is the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from kuule.core.problems import Problem, StudyError
from kuule.languages.cldr.tags import Language, find_language
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.roles import Member, Permission, Role, may
from kuule.workbench.translation_desk.current_study import CurrentStudy, read_current_language, read_current_study
from kuule.workbench.translation_desk.gap_words import gaps_in_words
from kuule.workbench.translation_desk.language_member import language_member_of
from kuule.workbench.translation_desk.language_progress import (
    LanguageProgress,
    language_progress,
    source_progress,
)
from kuule.workbench.translation_desk.next_act import NextAct, next_act, source_act
from kuule.workbench.translation_desk.request_context import DeskContext

PeopleByRole = Mapping[Role, Sequence[str]]


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """One language. Without `progress`, its file cannot be read at the moment, and `problems` say why; the other
    languages are shown all the same. `lacks` says in few words what keeps it from opening, besides what keeps all of
    them."""

    language: Language
    is_source: bool = False
    progress: LanguageProgress | None = None
    act: NextAct | None = None
    people: PeopleByRole = field(default_factory=dict)
    lacks: tuple[Markup, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageTable:
    """The rows, the worst first, and what keeps every one of them from opening, in sentences."""

    rows: tuple[LanguageRow, ...]
    all_lack: tuple[str, ...] = ()

    @property
    def next(self) -> LanguageRow | None:
        """The first row that has something for the member to do."""
        return next((row for row in self.rows if row.act is not None and row.act.address), None)


def language_table(member: Member, people: Mapping[str, PeopleByRole]) -> LanguageTable:
    """The languages that the member may see. Raises StudyError if the study itself cannot be read."""
    study = read_current_study(running_site().study_folder)
    source = study.settings.source_language
    tags = dict.fromkeys((source, *study.tags))
    rows = [
        _source_row(study) if tag == source and tag not in study.tags else _row(study, member, tag, people.get(tag, {}))
        for tag in tags
        if may(member, Permission.SEE_LANGUAGE, tag)
    ]
    shared = _shared_gaps(rows)
    finished = [_with_lacks(study, row, shared) for row in rows]
    return LanguageTable(tuple(sorted(finished, key=_distance)), tuple(shared))


def _source_row(study: CurrentStudy) -> LanguageRow:
    progress = source_progress(study)
    language = find_language(study.settings.source_language)
    return LanguageRow(language, is_source=True, progress=progress, act=source_act(progress))


def _row(study: CurrentStudy, member: Member, tag: str, people: PeopleByRole) -> LanguageRow:
    language_member = language_member_of(member, tag, running_site().data)
    try:
        desk = DeskContext(study, read_current_language(study, tag), language_member)
    except StudyError as error:
        return LanguageRow(find_language(tag), people=people, problems=error.problems)
    progress = language_progress(desk)
    return LanguageRow(
        find_language(tag), progress=progress, act=next_act(member, desk, progress, people), people=people
    )


def _shared_gaps(rows: Sequence[LanguageRow]) -> dict[str, None]:
    """The gaps in help that all languages share whose files can be read, in the order in which they are listed."""
    gaps = [
        {gap.shared_cause or gap.cause: None for gap in row.progress.answer.missing_help}
        for row in rows
        if row.progress is not None
    ]
    return {said: None for said in (gaps[0] if gaps else {}) if all(said in one for one in gaps)}


def _with_lacks(study: CurrentStudy, row: LanguageRow, shared: Mapping[str, None]) -> LanguageRow:
    if row.progress is None:
        return row
    return replace(row, lacks=gaps_in_words(row.progress.answer, study.settings.opening_state, shared))


def _distance(row: LanguageRow) -> tuple[int, int, int, int]:
    """A sort key: how far a language is from opening, the farthest first; then those with the fewest people, then the
    order of the study."""
    if row.progress is None:
        return (0, 0, 0, 0)
    people = sum(map(len, row.people.values()))
    return (1, -row.progress.steps, -len(row.progress.answer.missing_help), people)

"""What a rule gets: the parts of a study that could be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kuule.helplines.directory import Directory
from kuule.languages.workflow.entries import Catalogue
from kuule.study.folder.partner_files import StudyPartner
from kuule.study.folder.questionnaire import Questionnaire
from kuule.study.media.media_files import StudyMedia
from kuule.study.media.partner_logos import PartnerLogo
from kuule.study.settings.analysis_plan import PlannedTable
from kuule.study.settings.study_toml import Study

_NO_QUESTION, _NO_LIST = "there is no question ", "there is no list of choices "


@dataclass(frozen=True, slots=True)
class CheckedStudy:
    """A study as rules see it. `support` has the services that this study's audience is shown."""

    settings: Study
    questionnaire: Questionnaire
    catalogues: Mapping[str, Catalogue]
    support: Directory
    report: str
    rehearsal: Mapping[str, object]
    planned_tables: tuple[PlannedTable, ...] = ()
    media: StudyMedia = field(default_factory=StudyMedia)
    logos: Mapping[str, PartnerLogo] = field(default_factory=dict)
    partners: Mapping[str, StudyPartner] = field(default_factory=dict)


def unknown_question(name: str) -> str:
    """The cause where a question is named that does not exist, the same wherever it is named: it may be the question
    itself whose name is misspelt."""
    return f"{_NO_QUESTION}{name!r}"


def is_unknown_question(cause: str) -> bool:
    """Whether a cause is that a question does not exist."""
    return cause.startswith(_NO_QUESTION)


def unknown_list(name: str) -> str:
    """The cause where a list of choices is named that does not exist, the same wherever it is named."""
    return f"{_NO_LIST}{name!r}"


def is_unknown_list(cause: str) -> bool:
    """Whether a cause is that a list of choices does not exist."""
    return cause.startswith(_NO_LIST)

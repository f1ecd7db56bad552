"""Takes a version of a dataset into a project: texts that are new come, and those that are not in it any more go, with
everything that was said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.dataset.open_texts import OpenTexts, count_open_texts
from kuule.dataset.schema.dataset_info import DatasetInfo
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.qualitative.act_log.act_making import make_act
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.row_codec import Tombstone
from kuule.qualitative.project_model.acts import TakenDataset
from kuule.qualitative.project_model.answer_text import AnswerText, TextId
from kuule.qualitative.project_model.project_problems import project_error

_SAME_WORDS_BY_CHANCE = 60
"""Characters. Two people write "I don't know"; nobody writes so much exactly as somebody did who withdrew it."""


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """How many texts came, how many went because nobody has them in the dataset any more, of how many there are fewer,
    and how many may not be quoted any more."""

    added: int
    withdrawn: int
    fewer: int
    acts_removed: int
    leave_gone: int = 0


def take_dataset(project: OpenProject, dataset: Path, *, role: str, day: date) -> IntakeResult:
    """Take in the version of a dataset that is there now. One that is in already changes nothing.

    Raises ArchiveError as `read_dataset` does, and DATA_024; ProjectError PROJECT_010 (another study, or practice with
    real answers), PROJECT_011 (nobody wrote anything), PROJECT_012 (older than what was taken in), PROJECT_009,
    PROJECT_020.
    """
    found = read_dataset(dataset)
    counts = count_open_texts(found)
    _check_study(project, found.info, str(dataset))
    if [one.version for one in project.datasets] == [found.info.version]:
        return IntakeResult(0, 0, 0, 0)
    _check_newer(project, found.info, counts, str(dataset))
    return _take(project, found.info, counts, role=role, day=day)


def check_dataset_is_taken(project: OpenProject, dataset: Path) -> None:
    """Raise ProjectError PROJECT_013 if a dataset is not the version that the project's texts are of."""
    version = read_dataset(dataset).info.version
    if [one.version for one in project.datasets] != [version]:
        cause = f"the dataset is version {version}, and the project's texts are of {versions_text(project)}"
        remedy = "take it in first (`kuule project take`): answers may have been withdrawn since"
        raise project_error("PROJECT_013", str(dataset), cause, remedy)


def versions_text(project: OpenProject) -> str:
    """The versions of the dataset that the texts are of, in words."""
    return " and ".join(one.version for one in project.datasets) or "none"


def _take(project: OpenProject, info: DatasetInfo, counts: OpenTexts, *, role: str, day: date) -> IntakeResult:
    before = {text: _occurrences(project).get(text, 1) for text in project.texts}
    refused_before = {text for one in project.datasets for text in one.without_leave}
    now: dict[TextId, int] = {}
    leave: dict[TextId, bool | None] = {}
    new = []
    for (item, language, words), occurrence in counts.items():
        text = project.text_id(item, language, words)
        now[text], leave[text] = occurrence.times, occurrence.leave
        if text not in before:
            new.append(AnswerText(text, item, language, words))
    gone = sorted(set(before) - set(now))
    repeated = tuple(sorted((text, number) for text, number in now.items() if number > 1))
    given = tuple(sorted(text for text, one in leave.items() if one is True))
    refused = tuple(sorted(_refused(leave, refused_before)))
    taken = TakenDataset(info.study, info.version, info.rehearsal, repeated, given, refused)
    act = make_act(project.log, taken, role=role, day=day)
    removed = sum(len(project.log.acts_about(text)) for text in gone)
    project.apply([*(Tombstone(text) for text in gone), *new, act])
    fewer = sum(now[text] < number for text, number in before.items() if text in now)
    leave_gone = len(before.keys() & (set(refused) - refused_before))
    return IntakeResult(len(new), len(gone), fewer, removed, leave_gone)


def _was_replaced(project: OpenProject, version: str) -> bool:
    """Whether somebody took in another version after this one, in whichever copy: also while two copies differ, and
    one of them still has it."""
    taken = [(act, act.content) for act in project.log if isinstance(act.content, TakenDataset)]
    replaced = {earlier for act, content in taken if content.version != version for earlier in act.replaces}
    return any(content.version == version and act.id in replaced for act, content in taken)


def _refused(leave: Mapping[TextId, bool | None], before: Set[TextId]) -> Iterator[TextId]:
    """The texts that are not to be quoted. A no that was known stays one where this version does not know who was
    asked: it may have been opened by a Kuule that kept no leave. Only a yes of everybody ends it."""
    return (text for text, one in leave.items() if one is False or (one is None and text in before))


def _occurrences(project: OpenProject) -> dict[TextId, int]:
    found: dict[TextId, int] = {}
    for dataset in project.datasets:
        for text, number in dataset.repeated:
            found[text] = max(number, found.get(text, 1))
    return found


def _check_study(project: OpenProject, info: DatasetInfo, place: str) -> None:
    for known in project.datasets:
        if (known.study, known.rehearsal) != (info.study, info.rehearsal):
            kinds = {True: "practice", False: "real answers"}
            cause = (
                f"it is of the study {info.study!r} ({kinds[info.rehearsal]}), and the project of"
                f" {known.study!r} ({kinds[known.rehearsal]})"
            )
            raise project_error("PROJECT_010", place, cause, "give a dataset of the same study, or make a new project")


def _check_newer(project: OpenProject, info: DatasetInfo, counts: OpenTexts, place: str) -> None:
    if not counts and not project.texts:
        cause = "nobody wrote anything in it"
        raise project_error("PROJECT_011", place, cause, "open more archives into it first (`kuule open`)")
    came_back = sum(
        len(words) >= _SAME_WORDS_BY_CHANCE and project.was_withdrawn(item, language, words)
        for item, language, words in counts
    )
    if _was_replaced(project, info.version) or came_back:
        cause = "it is an older version than one that was taken in: answers that were withdrawn are still in it"
        raise project_error(
            "PROJECT_012", place, cause, "give the newest dataset, and delete this copy of an older one"
        )

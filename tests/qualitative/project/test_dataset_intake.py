"""Taking in versions of a dataset: what people wrote comes, and what was withdrawn goes with all that was said of
it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kuule.dataset.lifecycle.row_removal import forget_rows
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.qualitative.project.dataset_intake import IntakeResult, check_dataset_is_taken, take_dataset
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.project_files import new_project, opened_project
from kuule.qualitative.project.project_merge import merge_copy
from kuule.qualitative.project_model.answer_text import QuoteLeave, TextSpan
from kuule.qualitative.project_model.notes_and_translations import AnswerTranslation, Memo, TranslationOrigin
from kuule.qualitative.project_model.project_problems import ProjectError
from kuule.qualitative.project_model.quote_acts import QuoteDecision, QuoteProposal, QuoteRuling
from kuule.qualitative.quotes.given_leave import leave_of
from tests.dataset.small import edition, record
from tests.dataset.test_open_texts import ASKING, answered, asking
from tests.factories import lenient, make_dataset
from tests.qualitative.small_project import CHEAP, CODES, DAY, PASSPHRASE, coding, mark, marks, text_of

LONG = "I would have wished that my teacher had asked me once, only once, how I was doing at home."
WISHES = {10: "Somebody to listen.", 20: "I don't know", 30: "I don't know", 40: LONG}


def dataset_of(folder: Path, wishes: Mapping[int, str], name: str = "ds") -> Path:
    people = {row_id: record({"told": "yes", "wish": wish}) for row_id, wish in wishes.items()}
    make_dataset(people, [lenient()], folder / name)
    return folder / name


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return dataset_of(tmp_path, WISHES)


@pytest.fixture
def project(tmp_path: Path, dataset: Path) -> Iterator[OpenProject]:
    with new_project(tmp_path / "voices.kuule-project", PASSPHRASE, cost=CHEAP) as project:
        assert take(project, dataset) == IntakeResult(added=3, withdrawn=0, fewer=0, acts_removed=0)
        yield project


def take(project: OpenProject, dataset: Path) -> IntakeResult:
    return take_dataset(project, dataset, role="lead", day=DAY)


def words_in(project: OpenProject) -> list[str]:
    return sorted(text.words for text in project.texts.values())


def refused(code: str):
    return pytest.raises(ProjectError, match=f"^{code} ")


def test_equal_answers_are_one_text_and_are_counted(project: OpenProject, dataset: Path) -> None:
    assert words_in(project) == sorted({*WISHES.values()})
    assert {(text.item, text.language) for text in project.texts.values()} == {("wish", "en")}
    (taken,) = project.datasets
    assert (taken.study, taken.version) == ("our-voice", read_dataset(dataset).info.version)
    assert dict(taken.repeated) == {text_of(project, "I don't know").id: 2}


def test_the_same_version_again_changes_nothing(project: OpenProject, dataset: Path) -> None:
    before = list(project.log)
    assert take(project, dataset) == IntakeResult(0, 0, 0, 0)
    assert list(project.log) == before


def test_a_withdrawn_answer_goes_from_everything(project: OpenProject, dataset: Path) -> None:
    text = text_of(project, LONG)
    project.save(CODES, role="lead", day=DAY)
    said = [
        marks(text, "reader-1", mark(28, 35)),
        coding(text, "reader-1", CODES[0]),
        Memo("1" * 32, LONG[:40], text.id),
        AnswerTranslation(text.id, "fi", "Olisin toivonut", TranslationOrigin.PERSON),
        QuoteProposal("2" * 32, 12, text.id, TextSpan(0, 7), "reader-1"),
    ]
    acts = project.save(said, role="reader-1", day=DAY)
    ruling = QuoteRuling("2" * 32, text.id, "reader-2", QuoteDecision.RELEASED, (acts[0].id, acts[-1].id))
    project.save([ruling], role="reader-2", day=DAY)
    assert forget_rows(dataset, {40}) == 1
    assert take(project, dataset) == IntakeResult(added=0, withdrawn=1, fewer=0, acts_removed=6)
    assert LONG not in words_in(project)
    assert {act.content.kind for act in project.log} == {"dataset", "code"}
    assert project.tombstones == {text.id}


def test_one_of_two_equal_answers_withdrawn_leaves_the_other(project: OpenProject, dataset: Path) -> None:
    text = text_of(project, "I don't know")
    project.save([marks(text, "reader-1")], role="reader-1", day=DAY)
    assert forget_rows(dataset, {20}) == 1
    assert take(project, dataset) == IntakeResult(added=0, withdrawn=0, fewer=1, acts_removed=0)
    assert project.log.cells_about(text.id, "redaction") == (("redaction", text.id, "reader-1"),)
    assert project.datasets[0].repeated == ()


def test_leave_to_quote_comes_with_a_version_and_goes_with_the_next(tmp_path: Path) -> None:
    """Somebody else wrote the same words, and said no."""
    first, later = tmp_path / "first", tmp_path / "later"
    people = {1: answered("yes", wish=LONG), 2: answered("no", wish="Nothing.")}
    make_dataset(people, [asking()], first)
    make_dataset({**people, 3: answered(None, wish=LONG)}, [asking()], later)
    with new_project(tmp_path / "voices", PASSPHRASE, cost=CHEAP) as project:
        assert take(project, first) == IntakeResult(added=2, withdrawn=0, fewer=0, acts_removed=0)
        text = text_of(project, LONG)
        assert leave_of(project.log, text.id) is QuoteLeave.GIVEN
        assert leave_of(project.log, text_of(project, "Nothing.").id) is QuoteLeave.NOT_GIVEN
        assert take(project, later) == IntakeResult(added=0, withdrawn=0, fewer=0, acts_removed=0, leave_gone=1)
        assert leave_of(project.log, text.id) is QuoteLeave.NOT_GIVEN


def test_a_no_stays_one_where_a_later_version_does_not_know_who_was_asked(tmp_path: Path) -> None:
    """An archive that was opened again by a Kuule before leave to quote was kept, or of which such a one grew."""
    people = {1: answered("no", wish=LONG), 2: answered("yes", wish="Nothing.")}
    make_dataset(people, [asking()], tmp_path / "first")
    make_dataset({**people, 3: answered("yes", wish="More.")}, [edition(1, ASKING)], tmp_path / "unasked")
    make_dataset({4: answered("yes", wish=LONG)}, [asking()], tmp_path / "said")
    with new_project(tmp_path / "voices", PASSPHRASE, cost=CHEAP) as project:
        take(project, tmp_path / "first")
        text = text_of(project, LONG)
        take(project, tmp_path / "unasked")
        assert leave_of(project.log, text.id) is QuoteLeave.NOT_GIVEN
        assert leave_of(project.log, text_of(project, "Nothing.").id) is QuoteLeave.NOT_ASKED
        take(project, tmp_path / "said")
        assert leave_of(project.log, text.id) is QuoteLeave.GIVEN


def test_a_version_that_one_copy_left_behind_is_not_taken_from_another(tmp_path: Path, dataset: Path) -> None:
    """Both copies took in the first version, one of them the next as well: their merge has both, and knows the order.
    The same version taken in twice says nothing of order."""
    older = tmp_path / "older"
    dataset_copy(dataset, older)
    forget_rows(dataset, {30})
    with new_project(tmp_path / "mine", PASSPHRASE, cost=CHEAP) as mine:
        (tmp_path / "other").write_bytes((tmp_path / "mine").read_bytes())
        with opened_project(tmp_path / "other", PASSPHRASE) as other:
            take(mine, older)
            take(other, older)
            take(other, dataset)
            merge_copy(mine, other)
            assert len(mine.datasets) == 2
            with refused("PROJECT_012"):
                take(mine, older)
            take(mine, dataset)
            assert [one.version for one in mine.datasets] == [read_dataset(dataset).info.version]


def test_the_same_short_words_written_again_begin_anew(tmp_path: Path, project: OpenProject, dataset: Path) -> None:
    old = text_of(project, "Somebody to listen.")
    project.save([marks(old, "reader-1", mark(0, 8))], role="reader-1", day=DAY)
    forget_rows(dataset, {10})
    take(project, dataset)
    again = dataset_of(tmp_path, {50: "Somebody to listen."} | {key: WISHES[key] for key in (20, 30, 40)}, "again")
    assert take(project, again) == IntakeResult(added=1, withdrawn=0, fewer=0, acts_removed=0)
    new = text_of(project, "Somebody to listen.")
    assert new.id != old.id
    assert project.log.acts_about(new.id) == ()


def test_an_older_version_is_refused(tmp_path: Path, project: OpenProject, dataset: Path) -> None:
    older = tmp_path / "older"
    dataset_copy(dataset, older)
    forget_rows(dataset, {40})
    take(project, dataset)
    with refused("PROJECT_012"):
        take(project, older)
    unseen = dataset_of(tmp_path, WISHES, "unseen")  # a copy that this project never took in
    with refused("PROJECT_012"):
        take(project, unseen)
    assert LONG not in words_in(project)


def dataset_copy(dataset: Path, to: Path) -> None:
    to.mkdir()
    for file in dataset.iterdir():
        (to / file.name).write_bytes(file.read_bytes())


def test_a_dataset_that_was_not_taken_in_is_told(project: OpenProject, dataset: Path) -> None:
    check_dataset_is_taken(project, dataset)
    forget_rows(dataset, {10})
    with refused("PROJECT_013"):
        check_dataset_is_taken(project, dataset)


def test_a_dataset_without_a_word_is_refused(tmp_path: Path) -> None:
    silent = dataset_of(tmp_path, {10: "  ", 20: "\n"})
    with refused("PROJECT_011"), new_project(tmp_path / "p", PASSPHRASE, cost=CHEAP) as project:
        take(project, silent)
    assert not (tmp_path / "p").exists()


def test_practice_and_real_answers_do_not_mix(tmp_path: Path, project: OpenProject) -> None:
    real = tmp_path / "real"
    one = record({"told": "yes", "wish": LONG})
    make_dataset({10: one}, [edition(rehearsal=False)], real)
    with refused("PROJECT_010"):
        take(project, real)


def test_what_was_taken_in_is_there_when_it_is_opened_again(tmp_path: Path, dataset: Path) -> None:
    path = tmp_path / "p"
    with new_project(path, PASSPHRASE, cost=CHEAP) as project:
        take(project, dataset)
    with opened_project(path, PASSPHRASE) as project:
        forget_rows(dataset, {40})
        assert take(project, dataset).withdrawn == 1
    with opened_project(path, PASSPHRASE) as project:
        assert words_in(project) == sorted({*WISHES.values()} - {LONG})
        assert take(project, dataset) == IntakeResult(0, 0, 0, 0)

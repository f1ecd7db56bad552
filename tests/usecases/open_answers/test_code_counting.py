"""Codes of what people wrote become a table that goes through disclosure control, in the ledger, into a release."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kuule.core.problems import KuuleError, PublishingError
from kuule.dataset.coded_dataset import read_coded_dataset, text_key
from kuule.dataset.lifecycle.lock_marker import mark_locked
from kuule.dataset.schema.coded_questions import CodedQuestion, code_counts_path
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.publishing.render.report_html import report_html
from kuule.publishing.view.release_view import release_report_view
from kuule.qualitative.project.dataset_intake import take_dataset
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.project_files import new_project, opened_project
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.code_entries import Adjudication, CodedSegment, CodeEntry, TextCoding
from kuule.releases.release_folder import read_release
from kuule.tables.missing import Missing
from kuule.tables.request import TableRequest
from kuule.usecases.open_answers.code_counting import count_codes
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.releasing.recount_release import recount_release
from kuule.usecases.reporting.make_reports import rebuild_report
from kuule.usecases.reporting.released_report import count_for_release, rules_of_dataset
from tests.dataset.small import edition, record
from tests.factories import make_dataset
from tests.qualitative.project.test_project_files import bytes_in
from tests.qualitative.small_project import CHEAP, DAY, PASSPHRASE, mark, marks, text_of
from tests.report_pages import write_report
from tests.usecases.releasing.test_new_release import ledger, release_of

HELP = CodeEntry("a1" * 16, "Help", names=(("ar", "مساعدة"),))
SCHOOL = CodeEntry("b2" * 16, "At school", HELP.code)
LAW = CodeEntry("c3" * 16, "A law")
RARE = CodeEntry("d4" * 16, "Rare")
ENTRIES = (HELP, SCHOOL, LAW, RARE)
REPORT = """# Told

{{ share wish:codes a1a1a1a1 }} asked for help.

```figure
question: wish:codes
by: @language
```
"""
ENGLISH, ARABIC = 140, 60


def codes_for(text: AnswerText) -> tuple[CodeEntry, ...]:
    """What coders find in a made-up text: its number decides."""
    number = int(text.words.split()[1])
    found = [SCHOOL] if number % 2 else []
    found += [LAW] if number % 3 == 0 else []
    return (*found, RARE) if number < 3 else tuple(found)


def coded(project: OpenProject, text: AnswerText, coder: str, *entries: CodeEntry) -> TextCoding:
    return TextCoding(text.id, coder, tuple(CodedSegment(one.code, TextSpan(0, 4)) for one in entries), True)


def people() -> Iterator[object]:
    for number in range(ENGLISH + ARABIC):
        answers = {"told": ("yes", "no")[number % 2], "residence": "FI", "age": "30"}
        wish = {"wish": f"Wish {number if number != 9 else 11}"}
        yield record(answers | wish, language="en" if number < ENGLISH else "ar")
    for _ in range(50):
        yield record({"told": "yes"})


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked dataset, and a project in which two coded every text alike but one, which is decided."""
    room = tmp_path_factory.mktemp("codes")
    make_dataset(people(), [replace(edition(rehearsal=False), report=REPORT)], room / "ds")
    mark_locked(room / "ds", read_dataset(room / "ds").info.version)
    with new_project(room / "voices", PASSPHRASE, cost=CHEAP) as project:
        take_dataset(project, room / "ds", role="lead", day=DAY)
        project.save(ENTRIES, role="lead", day=DAY)
        texts = sorted(project.texts.values(), key=lambda one: one.words)
        for coder in ("coder-1", "coder-2"):
            said = [coded(project, one, coder, *codes_for(one)) for one in texts[1:]]
            project.save(
                [*said, coded(project, texts[0], coder, *([LAW] if coder == "coder-1" else []))], role=coder, day=DAY
            )
        decided = Adjudication(texts[0].id, "lead", coded(project, texts[0], "x", *codes_for(texts[0])).segments)
        project.save([decided], role="lead", day=DAY)
    return room


@pytest.fixture
def dataset(room: Path, tmp_path: Path) -> Path:
    """A copy of the dataset, so that each test has a ledger of its own."""
    shutil.copytree(room / "ds", tmp_path / "ds")
    for beside in room.glob("ds.*"):
        shutil.copy(beside, tmp_path / beside.name)
    return tmp_path / "ds"


@pytest.fixture
def session(room: Path, tmp_path: Path) -> Iterator[ProjectSession]:
    shutil.copy(room / "voices", tmp_path / "voices")
    with opened_project(tmp_path / "voices", PASSPHRASE) as project:
        yield ProjectSession(project, "lead", DAY)


def counts_of(counted: Sequence[CodedQuestion]) -> dict[str, list[int]]:
    [one] = counted
    return {language: [column.people, *column.counts] for language, column in one.columns.items()}


def exact(wanted: Callable[[int], bool], numbers: range) -> int:
    return sum(wanted(number if number != 9 else 11) for number in numbers)


def test_codes_are_counted_by_language_and_equal_texts_as_often_as_they_were_written(
    session: ProjectSession, dataset: Path
) -> None:
    counted = count_codes(session, dataset, ["wish"])
    assert [one.name for one in counted[0].answers] == ["A law", "Help", "Help / At school", "Rare"]
    assert [one.code for one in counted[0].answers] == ["c3c3c3c3", "a1a1a1a1", "b2b2b2b2", "d4d4d4d4"]
    for language, numbers in (("en", range(ENGLISH)), ("ar", range(ENGLISH, ENGLISH + ARABIC))):
        law, school = exact(lambda one: one % 3 == 0, numbers), exact(lambda one: bool(one % 2), numbers)
        rare = exact(lambda one: one < 3, numbers)
        assert counts_of(counted)[language] == [len(numbers), law, school, school, rare]
    [answers] = [one.answers for one in counted]
    assert answers[2].names == {"ar": "مساعدة / At school"}


def test_file_beside_the_dataset_has_no_words_and_only_this_user_reads_it(
    session: ProjectSession, dataset: Path
) -> None:
    count_codes(session, dataset, ["wish"])
    path = code_counts_path(dataset)
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"Wish " not in path.read_bytes()
    assert not any(text.encode() in path.read_bytes() for text in session.project.texts)


def test_names_of_codes_are_published_without_letters_that_steer(session: ProjectSession, dataset: Path) -> None:
    """A codebook of another program can have such names."""
    steering = replace(SCHOOL, name="At \u202eschool\n", names=(("ar", "في\u2066 \x07المدرسة"),))
    session.save(steering)
    [counted] = count_codes(session, dataset, ["wish"])
    names = [(one.name, one.names) for one in counted.answers if "school" in one.name]
    assert names == [("Help / At school", {"ar": "مساعدة / في المدرسة"})]


def test_release_has_the_table_with_noise_and_withholds_what_few_wrote(session: ProjectSession, dataset: Path) -> None:
    count_codes(session, dataset, ["wish"])
    made = release_of(dataset, dataset.parent / "r")
    tables = {str(table.request): table for table in made.release.tables}
    assert list(tables) == ["wish:codes", "wish:codes by @language"]
    [everyone] = tables["wish:codes"].columns
    assert everyone.base is not None
    assert abs(everyone.base - 200) <= 5
    assert [cell.count is None for cell in everyone.cells] == [False, False, False, True]
    passed_over = everyone.missing[Missing.PASSED_OVER]
    assert passed_over is not None
    assert abs(passed_over - 50) <= 5
    assert [column.code for column in tables["wish:codes by @language"].columns if column.base] == ["en", "ar"]
    assert made.release.wordings["ar"].items["wish:codes"].answers["a1a1a1a1"] == "مساعدة"
    assert read_release(made.path) == made
    html = report_html(release_report_view(made.release, "en"))
    assert "Help / At school" in html
    arabic = report_html(release_report_view(made.release, "ar"))
    assert "مساعدة" in arabic
    assert recount_release(made.path, dataset) == made
    assert not any(text.words.encode() in bytes_in(made.path) for text in session.project.texts.values())


def test_report_is_made_again_to_the_byte(session: ProjectSession, dataset: Path) -> None:
    count_codes(session, dataset, ["wish"])
    page = write_report(dataset, dataset.parent / "out")
    noted = ledger(dataset.parent).entries()[-1]
    assert [one.split()[0] for one in noted.codings] == ["wish:codes"]
    again = rebuild_report(dataset, dataset.parent / "again", noted.report)
    assert again.read_bytes() == page.read_bytes()


def test_codes_are_published_once_of_a_dataset(session: ProjectSession, dataset: Path) -> None:
    """A code with another name is the same coding; a text that is coded otherwise is not."""
    count_codes(session, dataset, ["wish"])
    release_of(dataset, dataset.parent / "r")
    session.save(replace(LAW, name="A better law"))
    count_codes(session, dataset, ["wish"])
    release_of(dataset, dataset.parent / "renamed")
    text = text_of(session.project, "Wish 3")
    session.save(Adjudication(text.id, "lead", (CodedSegment(RARE.code, TextSpan(0, 4)),)))
    count_codes(session, dataset, ["wish"])
    with pytest.raises(PublishingError, match=r"REPORT_062 .*the table wish:codes was published"):
        release_of(dataset, dataset.parent / "other")


def test_equal_counts_have_equal_keys_in_every_project_and_opening(session: ProjectSession, dataset: Path) -> None:
    first = count_codes(session, dataset, ["wish"])
    with new_project(dataset.parent / "another", PASSPHRASE, cost=CHEAP) as project:
        take_dataset(project, dataset, role="lead", day=DAY)
        project.save(ENTRIES, role="lead", day=DAY)
        for coder in ("coder-1", "coder-2"):
            said = [coded(project, one, coder, *codes_for(one)) for one in project.texts.values()]
            project.save(said, role=coder, day=DAY)
        assert count_codes(ProjectSession(project, "lead", DAY), dataset, ["wish"]) == first
    key = text_key(read_dataset(dataset))
    assert len({key("wish", "en", "Wish 1", number) for number in range(100)}) == 100


def test_coding_that_is_not_settled_is_refused(session: ProjectSession, dataset: Path) -> None:
    text = text_of(session.project, "Wish 0")
    otherwise = Adjudication(text.id, "judge", coded(session.project, text, "x", SCHOOL).segments)
    session.project.save([otherwise], role="judge", day=DAY)
    with pytest.raises(KuuleError, match=r"PROJECT_064 question 'wish': of its 199 texts .*: 1 differs"):
        count_codes(session, dataset, ["wish"])
    assert not code_counts_path(dataset).exists()


def test_retired_code_without_a_successor_is_refused(session: ProjectSession, dataset: Path) -> None:
    session.save(replace(LAW, retired=True))
    with pytest.raises(KuuleError, match=r"PROJECT_065 the codebook: a code that a text has is retired"):
        count_codes(session, dataset, ["wish"])
    session.save(replace(LAW, retired=True, merged_into=SCHOOL.code))
    assert count_codes(session, dataset, ["wish"])[0].answers[0].name == "Help"


def test_heading_that_only_groups_is_no_row(session: ProjectSession, dataset: Path) -> None:
    session.save(replace(HELP, codable=False))
    assert [one.name for one in count_codes(session, dataset, ["wish"])[0].answers] == [
        "A law",
        "Help / At school",
        "Rare",
    ]
    session.save(replace(LAW, codable=False))
    with pytest.raises(KuuleError, match=r"PROJECT_065 .*only a heading now"):
        count_codes(session, dataset, ["wish"])


@pytest.mark.parametrize("named", [{"name": "What Zebulon did"}, {"names": (("fi", "Zebulon"),)}])
def test_code_whose_name_says_what_was_taken_out_is_refused(
    session: ProjectSession, dataset: Path, named: dict[str, Any]
) -> None:
    """Its name would stand in a report."""
    other = AnswerText(session.project.text_id("other", "en", "Zebulon"), "other", "en", "Zebulon")
    session.project.apply([other])
    session.project.save([marks(other, "reader-1", mark(0, 7))], role="reader-1", day=DAY)
    session.save(replace(RARE, **named))
    with pytest.raises(KuuleError, match=r"PROJECT_052 code d4d4"):
        count_codes(session, dataset, ["wish"])


def test_question_without_texts_is_refused(session: ProjectSession, dataset: Path) -> None:
    with pytest.raises(KuuleError, match=r"PROJECT_063 question 'told': the project has no text of it"):
        count_codes(session, dataset, ["told"])


def refused(dataset: Path, request: TableRequest) -> str:
    found = read_coded_dataset(dataset)
    with pytest.raises(PublishingError) as raised:
        count_for_release(found, [request], rules_of_dataset(found))
    return str(raised.value)


@pytest.mark.parametrize("request_", ["wish:codes by told", "told by wish:codes", "wish:codes within region=north"])
def test_codes_are_crossed_with_language_alone(session: ProjectSession, dataset: Path, request_: str) -> None:
    count_codes(session, dataset, ["wish"])
    assert "REPORT_061" in refused(dataset, TableRequest.parse(request_))


def test_codes_that_are_not_counted_are_told(dataset: Path, session: ProjectSession) -> None:
    assert "REPORT_010" in refused(dataset, TableRequest("wish:codes"))
    count_codes(session, dataset, ["wish"])
    path = code_counts_path(dataset)
    said = json.loads(path.read_bytes())
    path.write_text(json.dumps({**said, "dataset": "0" * 16}))
    assert "the codes of 'wish' are not counted for this version" in refused(dataset, TableRequest("wish:codes"))


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": 9}', b"\xff"])
def test_file_that_is_something_else_is_told(dataset: Path, content: bytes) -> None:
    code_counts_path(dataset).write_bytes(content)
    with pytest.raises(PublishingError, match=r"REPORT_060 .*count the codes again"):
        read_coded_dataset(dataset)

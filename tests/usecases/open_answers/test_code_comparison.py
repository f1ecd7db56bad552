"""Blind codings side by side, and themes by frequency."""

from __future__ import annotations

from kuule.qualitative.coding.text_codings import CodingState
from kuule.qualitative.project_model.acts import TakenDataset
from kuule.usecases.open_answers.code_comparison import compared_texts, theme_counts
from kuule.usecases.open_answers.project_session import ProjectSession
from tests.qualitative.small_project import CODES, DAY, WORDS, coding, memory_project, text_of, with_texts

TOLD, SILENCE, HELP = CODES


def coded(**codings: dict[str, tuple]) -> ProjectSession:
    """Texts by the number of their words, each with what roles gave it."""
    project = with_texts(memory_project())
    for entry in CODES:
        project.save([entry], role="lead", day=DAY)
    for name, given in codings.items():
        text = text_of(project, WORDS[int(name[1:])])
        for role, codes in given.items():
            project.save([coding(text, role.replace("_", "-"), *codes)], role=role.replace("_", "-"), day=DAY)
    return ProjectSession(project, "lead", DAY)


def test_texts_on_which_coders_differ_come_first() -> None:
    session = coded(
        t0={"reader_1": (TOLD,), "reader_2": (TOLD,)}, t1={"reader_1": (TOLD,), "reader_2": (SILENCE,)},
        t2={"reader_1": (TOLD,)},
    )  # fmt: skip
    found = compared_texts(session, TOLD.code)
    assert [(one.text.words, one.gave, one.did_not, one.state) for one in found] == [
        (WORDS[1], ("reader-1",), ("reader-2",), CodingState.DIFFERS),
        (WORDS[0], ("reader-1", "reader-2"), (), CodingState.AGREED),
    ]
    assert compared_texts(session, HELP.code) == ()


def test_codings_that_are_not_done_by_two_are_nobody_s_to_compare() -> None:
    assert compared_texts(coded(t0={"reader_1": (TOLD,)}), TOLD.code) == ()


def test_themes_count_people_and_leave_out_what_is_disputed() -> None:
    session = coded(
        t0={"reader_1": (SILENCE,), "reader_2": (SILENCE,)}, t1={"reader_1": (TOLD,), "reader_2": (SILENCE,)},
        t2={"reader_1": (TOLD, SILENCE)},
    )  # fmt: skip
    text = text_of(session.project, WORDS[0])
    taken = TakenDataset("small-study", "v" * 64, rehearsal=True, repeated=((text.id, 5),))
    session.project.save([taken], role="lead", day=DAY)
    found = theme_counts(session)
    assert [(one.path, one.answers) for one in found.themes] == [(("Silence",), 6), (("Told",), 1), (("Help",), 0)]
    assert (found.coded, found.disputed, found.single) == (6, 1, 1)
    assert theme_counts(session, language="fi").coded == 0
    assert theme_counts(session, item="wish", language="en") == found

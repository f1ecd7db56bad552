"""What a session shows: what was read last, what changed in it, and where a problem belongs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import Problem, Severity
from kuule.forms.navigation.visit import Visit
from kuule.forms.xlsform.workbook import read_workbook
from kuule.preview.page_changes import WELCOME, changed_pages
from kuule.preview.per_language import PerLanguage
from kuule.preview.placed_problems import place_problems
from kuule.preview.preview_conversation import fitting_visit
from kuule.preview.preview_session import PreviewSession
from kuule.preview.previewed_study import PreviewedStudy, UnshowableStudy, read_previewed_study
from kuule.preview.study_watch import file_stamps
from kuule.translation.formats.xlsform_workbook import workbook_bytes
from tests.forms.scenario import form_of
from tests.study.small_study import FORM, SETTINGS, make_study

NOTHING: Sequence[Problem] = ()


def session(folder: Path) -> PreviewSession:
    made = PreviewSession(folder, lambda _: NOTHING)
    made.look()
    return made


def changes(tmp_path: Path, form: str = FORM, settings: str = SETTINGS) -> tuple[str, ...]:
    before = read_previewed_study(make_study(tmp_path / "before", languages={}), "one")
    now = read_previewed_study(make_study(tmp_path / "now", form=form, settings=settings, languages={}), "two")
    return changed_pages(before, now, ["en"])


@pytest.mark.parametrize(
    ("old", "new", "pages"),
    [
        ("How old are you?", "What age?", ("/data/about/page_about",)),
        ("Choose one.", "Choose.", ("/data/about/page_about",)),
        ("${way} = 'go_on'", "${way} != ''", ("/data/happened/page_where",)),
        (
            "| | yes_no | yes | Yes |",
            "| | yes_no | yes | Yes! |",
            ("/data/start/page_consent", "/data/start/page_adult"),
        ),
        ("| about | About you |", "| about | You |", ("/data/about/page_about", "/data/about/page_years")),
        ("| | integer | years |", "| | decimal | years |", ("/data/about/page_years",)),
        ("multiline", "", ("/data/end/page_wish",)),
    ],
)
def test_pages_that_changed_are_named(tmp_path: Path, old: str, new: str, pages: tuple[str, ...]) -> None:
    assert changes(tmp_path, FORM.replace(old, new)) == pages


def test_title_changes_the_first_page_and_nothing_changes_none(tmp_path: Path) -> None:
    assert changes(tmp_path / "a", settings=SETTINGS.replace("A small study", "Another")) == (WELCOME,)
    assert changes(tmp_path / "b") == ()


def test_page_changed_in_the_questionnaire_is_changed_while_another_language_is_looked_at(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    shown = session(study)
    shown.language = "sv"
    (study / "form.md").write_text(FORM.replace("How old are you?", "What age?"), "utf-8")
    assert shown.look()
    assert shown.state.pages == ("/data/about/page_about",)


def test_unreadable_files_keep_what_was_read_last(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study", languages={})
    now = session(study)
    first = now.state.study
    (study / "form.md").write_text("no form", "utf-8")
    assert now.look()
    assert now.state.study is first
    assert [problem.code for problem in now.state.unreadable] == ["FORM_032"]
    assert not now.look()
    (study / "form.md").write_text(FORM, "utf-8")
    assert now.look()
    assert (now.state.unreadable, now.state.number) == ((), 3)


def workbook(folder: Path, form: str) -> bytes:
    """A form as a workbook."""
    path = folder / "other.md"
    path.write_text(form, "utf-8")
    book = read_workbook(path)
    sheets = {name: list(sheet.rows) for name, sheet in book.sheets.items()}
    return workbook_bytes(sheets, {name: list(sheet.header) for name, sheet in book.sheets.items()})


def test_workbook_that_excel_is_saving_is_shown_once_it_is_whole(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study", languages={})
    (study / "form.md").unlink()
    place, old = study / "form.xlsx", workbook(tmp_path, FORM)
    new = workbook(tmp_path, FORM.replace("How old are you?", "What age?"))
    place.write_bytes(old)
    shown = session(study)
    (study / "~$form.xlsx").write_bytes(b"somebody")
    assert not shown.look()
    for leave in (lambda: place.write_bytes(new[: len(new) // 2]), lambda: place.rename(study / "5A3B1C00.tmp")):
        leave()
        assert shown.look()
        assert shown.state.study is not None
        assert shown.state.unreadable != ()
        assert "How old are you?" in shown.state.study.edition.texts("en").values()
    (study / "~WRL0001.tmp").write_bytes(new)
    assert not shown.look()
    (study / "~WRL0001.tmp").rename(place)
    assert shown.look()
    assert shown.state.study is not None
    assert shown.state.unreadable == ()
    assert shown.state.pages == ("/data/about/page_about",)
    assert "What age?" in shown.state.study.edition.texts("en").values()


def test_what_is_wrong_is_said_in_sentences_that_end_once(tmp_path: Path) -> None:
    made = read_previewed_study(make_study(tmp_path, languages={}), "one")
    problem = Problem("STUDY_336", "form.md, survey", "the column 'lable' is passed over", "did you mean 'label'?")
    [placed] = place_problems(made.folder.form, made.folder.xlsform.workbook, [problem])
    assert (placed.cause, placed.remedy) == ("The column 'lable' is passed over.", "Did you mean 'label'?")


def test_nothing_to_show_at_first_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    now = PreviewSession(tmp_path / "empty", lambda _: NOTHING)
    now.read_again()
    assert now.state.study is None
    assert {problem.code for problem in now.state.unreadable} >= {"STUDY_002"}
    with pytest.raises(UnshowableStudy):
        read_previewed_study(tmp_path / "empty", "one")


def test_check_that_breaks_is_a_problem_and_not_the_end(tmp_path: Path) -> None:
    def breaks(_: Path) -> Sequence[Problem]:
        raise RuntimeError("a fault of ours")

    now = PreviewSession(make_study(tmp_path / "study", languages={}), breaks)
    now.read_again()
    now.check_now()
    [placed] = now.state.problems
    assert (placed.problem.code, now.state.checked) == ("PREVIEW_001", True)


def test_pages_whose_problems_came_or_went_are_named(tmp_path: Path) -> None:
    found = [Problem("STUDY_999", "form.md, survey, row 13", "old", "mend it")]
    now = PreviewSession(make_study(tmp_path / "study", languages={}), lambda _: tuple(found))
    now.read_again()
    now.check_now()
    assert now.state.remarked == ("/data/about/page_about",)
    now.read_again()
    now.check_now()
    assert now.state.remarked == ("/data/about/page_about",), "the reading alone does not say it"
    found.clear()
    now.read_again()
    now.check_now()
    assert now.state.remarked == ("/data/about/page_about",)
    now.read_again()
    now.check_now()
    assert now.state.remarked == ()


def test_findings_of_a_study_that_was_saved_meanwhile_are_void(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study", languages={})
    found = Problem("STUDY_999", "form.md, survey, row 2", "old", "mend it")

    def check(_: Path) -> Sequence[Problem]:
        now.read_again()
        return (found,)

    now = PreviewSession(study, check)
    now.read_again()
    now.check_now()
    assert (now.state.problems, now.state.checked) == ((), False)


def test_problems_have_their_places(tmp_path: Path) -> None:
    study = read_previewed_study(make_study(tmp_path / "study", languages={}), "one")
    workbook, form = study.folder.xlsform.workbook, study.folder.form
    places = [
        ("form.md, survey, row 13", "", "age_band", "/data/about/page_about"),
        ("form.md, survey, row 13, label", "", "age_band", "/data/about/page_about"),
        ("form.md, survey, row 12", "", "page_about", "/data/about/page_about"),
        ("form.md, choices, row 2", "", "consent", "/data/start/page_consent"),
        ("languages/sv.po", "form:/data/end/page_wish/wish:hint", "wish", "/data/end/page_wish"),
        ("languages/sv.po", "choice:place/home:label", "place", "/data/happened/page_where"),
        ("study.toml, title", "study:title", "", ""),
        ("form.md, survey, row 99", "", "", ""),
        ("", "", "", ""),
    ]
    problems = [Problem("STUDY_999", place, "x", "y", Severity.WARNING, key=key) for place, key, _, _ in places]
    found = [(one.name, one.page) for one in place_problems(form, workbook, problems)]
    assert found == [(name, page) for *_, name, page in places]


def test_visit_keeps_what_still_fits() -> None:
    table = "| survey | | | |\n|---|---|---|---|\n| | type | name | label |\n"
    before = form_of(f"{table}| | text | a | A |\n| | text | b | B |\n| | integer | c | C |\n")
    now = form_of(f"{table}| | text | a | Ah |\n| | integer | b | B |\n| | text | d | D |\n")
    visit = Visit(
        "/data/c", 1, {"/data/a": "x", "/data/b": "y", "/data/c": "3"}, seen=frozenset({"/data/a", "/data/c"})
    )
    kept = fitting_visit(visit, before, now)
    assert (kept.page, dict(kept.answers), kept.seen) == ("", {"/data/a": "x"}, frozenset({"/data/a"}))


def test_locks_of_other_programs_and_hidden_folders_are_no_files_of_a_study(tmp_path: Path) -> None:
    for name in ("form.xlsx", ".~lock.form.xlsx#", "~$form.xlsx", ".hidden/form.md", "languages/sv.po", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    assert sorted(Path(one).name for one in file_stamps(tmp_path)) == ["form.xlsx", "sv.po"]
    assert file_stamps(tmp_path / "gone") == {}


def test_each_language_is_made_once_and_no_other_is_there() -> None:
    made: list[str] = []

    def make(tag: str) -> str:
        made.append(tag)
        return tag

    languages = PerLanguage(("en", "sv"), make)
    assert (languages["sv"], languages["sv"], list(languages), len(languages)) == ("sv", "sv", ["en", "sv"], 2)
    assert (made, "fi" in languages) == (["sv"], False)
    with pytest.raises(KeyError):
        _ = languages["fi"]


def test_study_is_shown_with_the_language_of_the_source_where_another_is_broken(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    (study / "languages" / "sv.po").unlink()
    shown: PreviewedStudy = read_previewed_study(study, "one")
    assert [problem.code for problem in shown.language_problems("sv")] == ["STUDY_005"]
    assert shown.served.languages["sv"].texts["form:/data/about/page_about/age_band:label"] == "How old are you?"


def test_study_is_shown_as_once_it_has_opened_to_everybody(tmp_path: Path) -> None:
    days = '\n[field_period]\nopens = 2050-03-01\ncloses = 2051-03-01\n[field_period.soft_launch]\nlanguages = ["sv"]\n'
    study = make_study(tmp_path / "study", settings=SETTINGS + days)
    period = read_previewed_study(study, "one").edition.study.field_period
    assert (period.opens, period.closes, period.soft_launch.is_planned) == (None, date(2051, 3, 1), False)

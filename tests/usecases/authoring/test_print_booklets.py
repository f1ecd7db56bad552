"""A study folder and a frozen edition are printed; what is not there is said in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.booklet.booklet_pdf import BookletError
from kuule.core.problems import KuuleError, StudyError
from kuule.usecases.authoring.print_booklets import print_booklets
from tests.study.small_study import FORM, make_edition, make_study


def test_questionnaire_in_each_language_and_format(tmp_path: Path) -> None:
    study, out = make_study(tmp_path / "study"), tmp_path / "out"
    files = print_booklets(study, out, languages=("en", "ar"), formats=("docx", "html"))
    assert [file.name for file in files] == [
        "questionnaire-en.html", "questionnaire-en.docx", "questionnaire-ar.html", "questionnaire-ar.docx",
    ]  # fmt: skip
    assert sorted(out.iterdir()) == sorted(files)


def test_edition_is_printed_and_compared_with_the_folder_as_it_is_now(tmp_path: Path) -> None:
    make_edition(tmp_path / "frozen")
    [edition] = (path.parent for path in (tmp_path / "frozen").rglob("edition.json"))
    changed = make_study(tmp_path / "study", form=FORM.replace("How old are you?", "What age?"), languages={})
    [page] = print_booklets(edition, tmp_path / "out", formats=("html",))
    assert '<p class="note">Edition ' in page.read_text("utf-8")
    [changes] = print_booklets(changed, tmp_path / "out", formats=("html",), compare=edition)
    assert changes.name == "changes-en.html"
    assert ">How old are you? · hint: Choose one.<" in changes.read_text("utf-8")


def test_other_file_of_translation_keeps_nobody_from_printing(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    (study / "languages" / "sv.po").write_text("broken", "utf-8")
    [page] = print_booklets(study, tmp_path / "out", languages=("ar",), formats=("html",))
    assert page.name == "questionnaire-ar.html"
    with pytest.raises(StudyError):
        print_booklets(study, tmp_path / "out", languages=("sv",), formats=("html",))


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"languages": ("svv",)}, ("PRINT_001", "did you mean 'sv'?")),
        ({"beside": "zz"}, ("PRINT_001", "give one of these")),
        ({"formats": ("doc",)}, ("PRINT_002", "did you mean 'docx'?")),
    ],
)
def test_what_is_not_there_is_said(tmp_path: Path, given: dict[str, object], problem: tuple[str, str]) -> None:
    study = make_study(tmp_path / "study")
    with pytest.raises(BookletError) as raised:
        print_booklets(study, tmp_path / "out", **given)  # type: ignore[arg-type]
    [found] = raised.value.problems
    assert (found.code, found.remedy) == problem
    assert not (tmp_path / "out").exists()


def test_folder_with_errors_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study", form=FORM.replace("${way} = 'go_on'", "${way} = "), languages={})
    with pytest.raises(KuuleError):
        print_booklets(study, tmp_path / "out")
    assert not (tmp_path / "out").exists()

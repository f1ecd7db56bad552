"""A preview as it is served: to its own pages only, marked, with what was saved, and nothing written."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from tests.patience import PATIENCE, wait_until
from tests.preview.preview_process import PreviewProcess, preview_process
from tests.study.small_study import FORM, make_study

pytestmark = pytest.mark.slow

ABOUT = "/preview/page/en?key=/data/about/page_about"
OFTEN = "/preview/page/sv?key=/data/happened/page_where"
KEPT = "Preview. Nothing typed here is kept."


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "localhost"}, 421),
        ({"Host": "evil.example"}, 421),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Sec_Fetch_Site": None}, 200),
        ({"Sec_Fetch_Site": "none"}, 200),
    ],
)
def test_other_names_and_other_sites_are_refused(
    running_preview: PreviewProcess, headers: dict[str, str | None], status: int
) -> None:
    assert running_preview.ask("GET", "/preview", **headers).status == status


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("POST", {"Sec_Fetch_Site": "none"}, 403),
        ("POST", {"Sec_Fetch_Site": None, "Origin": None}, 403),
        ("POST", {"Origin": "null"}, 403),
        ("PUT", {}, 405),
        ("DELETE", {}, 405),
    ],
)
def test_forms_of_others_and_other_methods_are_refused(
    running_preview: PreviewProcess, method: str, headers: dict[str, str | None], status: int
) -> None:
    assert running_preview.ask(method, "/en", b"go=next", **headers).status == status


@pytest.mark.parametrize("path", ["/", "/en", "/sv", "/ar", "/en/help", "/ar/privacy", ABOUT, OFTEN, "/en/nothing"])
def test_every_page_is_marked_in_its_language_and_in_english(running_preview: PreviewProcess, path: str) -> None:
    answer = running_preview.ask("GET", path)
    assert answer.text.count(KEPT) == 1
    assert answer.text.count('<div class="preview-mark"') == 1
    own = {"sv": "Övning", "ar": "تدريب"}
    tag = re.findall(r'<html lang="(\w+)"', answer.text)[0]
    assert own.get(tag, "Practice, not real answers.") in answer.text
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert "script" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_frame_has_a_map_with_routes_and_one_frame_for_each_width(running_preview: PreviewProcess) -> None:
    page = running_preview.get("/preview?language=en&page=/data/happened/page_where")
    assert re.findall(r'<iframe title="([^"]+)" src="([^"]+)"', page) == [
        ("The page on a phone", "/preview/page/en?key=%2Fdata%2Fhappened%2Fpage_where"),
        ("The page on a desktop", "/preview/page/en?key=%2Fdata%2Fhappened%2Fpage_where"),
    ]
    shown = re.sub(r"<[^>]+>", "", page)
    assert "Shown if question 6 (“What would you like to do?”) is “Go on”" in " ".join(shown.split())
    assert page.count("aria-current") == 1


def test_page_is_shown_with_what_waits_for_an_answer_and_goes_on_as_a_visit(running_preview: PreviewProcess) -> None:
    page = running_preview.get(ABOUT)
    assert "How old are you?" in page
    after = running_preview.press(page, "next")
    assert "For how many years have you lived there?" in after
    assert KEPT in after


def test_whole_visit_is_sent_and_nothing_is_written(running_preview: PreviewProcess) -> None:
    before = set(running_preview.study.parent.rglob("*"))
    page = running_preview.press(running_preview.get("/en"), "next")
    page = running_preview.press(page, "next", **{"/data/start/page_consent/consent": "yes"})
    page = running_preview.press(page, "next", **{"/data/start/page_adult/adult": "yes"})
    page = running_preview.press(page, "finish")
    page = running_preview.press(page, "send")
    assert "Your answers are sent." in page
    assert KEPT in page
    assert set(running_preview.study.parent.rglob("*")) == before


def test_saved_form_is_shown_and_the_page_that_changed_is_marked(preview: PreviewProcess) -> None:
    preview.save(FORM.replace("How old are you?", "What is your age?"))
    preview.see("What is your age?", ABOUT)
    changed = re.findall(r'<li class="changed">\s*<a href="([^"]+)"', preview.get("/preview"))
    assert changed == ["/preview?language=en&amp;page=%2Fdata%2Fabout%2Fpage_about"]


def test_visit_goes_on_when_the_form_is_saved_in_the_middle(preview: PreviewProcess) -> None:
    page = preview.press(preview.get("/en"), "next")
    page = preview.press(page, "next", **{"/data/start/page_consent/consent": "yes"})
    preview.save(FORM.replace("Are you 18 or older?", "Are you an adult?"))
    preview.see("Are you an adult?", "/preview/page/en?key=/data/start/page_adult")
    page = preview.press(page, "stay", **{"/data/start/page_adult/adult": "yes"})
    assert "Are you an adult?" in page
    assert re.search(r'value="yes"[^>]* checked', page)
    assert "How old are you?" in preview.press(page, "next", **{"/data/start/page_adult/adult": "yes"})


def test_problem_is_said_at_its_question_with_cause_and_cure(preview: PreviewProcess) -> None:
    preview.save(FORM.replace("For how many years have you lived there?", "What is your e-mail address?"))
    key = "/preview/page/en?key=/data/about/page_years"
    wait_until(lambda: "preview-problem" in preview.get(key))
    page = preview.get(key)
    [box] = re.findall(r'<div class="preview-problem (\w+)"[^>]*><p><strong>(\w+ STUDY_\d+)</strong> (\w+): ', page)
    assert (box[0], box[2]) in {("error", "years"), ("warning", "years")}
    assert page.index("preview-problem") < page.index("What is your e-mail address?", page.index("<main>"))
    assert "Show its page" in preview.get("/preview")


def test_broken_form_keeps_what_was_read_last_and_says_why(preview: PreviewProcess) -> None:
    preview.save(FORM.replace("${way} = 'go_on'", "${wayy} = 'go_on'"))
    preview.see("The files as they are now cannot be shown.")
    assert "FORM_0" in preview.get("/preview")
    assert "Where did it happen?" in preview.get("/preview/page/en?key=/data/happened/page_where")


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"| survey |\n|---|\n", b"# nothing"])
def test_half_written_form_is_words(preview: PreviewProcess, content: bytes) -> None:
    (preview.study / "form.md").write_bytes(content)
    preview.see("cannot be shown")
    assert "Traceback" not in preview.get("/preview")


def test_hostile_workbook_beside_the_form_and_a_form_that_vanishes_are_words(preview: PreviewProcess) -> None:
    (preview.study / "form.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    preview.see("There are two questionnaires in it")
    (preview.study / "form.xlsx").unlink()
    (preview.study / "form.md").unlink()
    preview.see("There is no questionnaire in it")


def test_files_that_programs_put_beside_an_open_one_are_not_looked_at(preview: PreviewProcess) -> None:
    number = re.findall(r'data-number="(\d+)"', preview.get("/preview"))
    for name in (".~lock.form.xlsx#", "~$form.xlsx", ".#form.md", "form.md~"):
        (preview.study / name).write_text("locked", "utf-8")
    preview.save(FORM.replace("How old are you?", "How many years?"))
    preview.see("How many years?")
    assert re.findall(r'data-number="(\d+)"', preview.get("/preview")) == [str(int(number[0]) + 1)]


def test_broken_translation_is_shown_in_the_words_of_the_source(preview: PreviewProcess) -> None:
    file = preview.study / "languages" / "sv.po"
    before = file.read_bytes()
    assert "sv: How old are you?" in preview.get("/preview/page/sv?key=/data/about/page_about")
    file.write_bytes(b"msgid broken")
    preview.see('lang="en"', "/preview/page/sv?key=/data/about/page_about")
    wait_until(lambda: "sv: How old" not in preview.get("/preview/page/sv?key=/data/about/page_about"))
    assert "A file of this language cannot be read" in preview.get("/preview?language=sv")
    file.write_bytes(before)
    preview.see("sv: How old are you?", "/preview/page/sv?key=/data/about/page_about")


def test_unknown_pages_and_languages_lead_to_the_beginning(running_preview: PreviewProcess) -> None:
    assert running_preview.ask("GET", "/preview/page/en?key=/data/none").headers["location"] == "/en"
    assert running_preview.ask("GET", "/preview/page/xx").status == 404
    assert 'src="/en"' in running_preview.get("/preview?language=xx&page=<script>")


def test_preview_of_a_study_that_cannot_be_read_begins_when_it_is_mended(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study", settings="[study", languages={})
    whole = make_study(tmp_path / "other", languages={})
    with preview_process(study) as preview:
        assert "There is nothing to show yet." in preview.get("/preview")
        assert preview.ask("GET", "/en").status == 503
        (study / "study.toml").write_bytes((whole / "study.toml").read_bytes().replace(b"sv = ", b"# sv = "))
        preview.see("How old are you?")
        preview.process.send_signal(signal.SIGINT)
        out, err = preview.process.communicate(timeout=PATIENCE)
        assert (preview.process.returncode, out) == (0, "")
        assert err.endswith("ended; nothing is kept\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--host", "0.0.0.0"], "PREVIEW_002"), (["--host", "localhost"], "PREVIEW_002"), ([], "PREVIEW_003")],
)
def test_what_cannot_be_shown_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str
) -> None:
    assert run(["preview", str(tmp_path / "none"), *arguments]) == Exit.PROBLEM
    assert capsys.readouterr().err.startswith(code)


def test_file_in_place_of_a_folder_is_met_with_its_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = tmp_path / "our study"
    study.mkdir()
    (study / "form.xlsx").write_bytes(b"")
    assert run(["preview", str(study / "form.xlsx")]) == Exit.PROBLEM
    assert f"give its folder: kuule preview '{study}'" in capsys.readouterr().err

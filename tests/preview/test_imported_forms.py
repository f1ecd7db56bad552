"""Every questionnaire of another program, as a study, is shown page by page as a person would see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from kuule.forms.xlsform.workbook import read_workbook
from tests.patience import wait_until
from tests.preview.preview_process import PreviewProcess, preview_process
from tests.study_import.importing import FILES, imported

pytestmark = pytest.mark.slow

EVERY = sorted(path for path in FILES.iterdir() if path.name != "README.md")
USUAL = {"libraries.lss", "reading.md"}
ASKED = [pytest.param(one, id=one.name, marks=() if one.name in USUAL else pytest.mark.whole) for one in EVERY]
UNLABELLED = ("begin", "end", "calculate", "hidden")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PreviewProcess]:
    """A preview of the folder that a link leads to, which the tests change."""
    folder = tmp_path_factory.mktemp("imports")
    (folder / "study").symlink_to(imported(EVERY[0], folder / "first").folder)
    with preview_process(folder / "study") as running:
        yield running


def show(preview: PreviewProcess, study: Path) -> None:
    """Let the preview show this folder, and wait until it has read it."""
    before = preview.times_read()
    beside = study.with_name("link")
    beside.symlink_to(study)
    beside.replace(preview.study)
    wait_until(lambda: preview.times_read() > before, lambda: f"{study} is never read")


def letters(page: str) -> str:
    """What a page says, without its tags and marks."""
    return re.sub(r"[\W_]", "", unescape(re.sub(r"<[^>]+>", "", page)))


@pytest.mark.parametrize("file", ASKED)
def test_every_page_of_an_imported_form_is_shown_with_its_questions(
    shown: PreviewProcess, tmp_path: Path, file: Path
) -> None:
    study = imported(file, tmp_path / "mine")
    show(shown, study.folder)
    frame = shown.get("/preview")
    assert "cannot be shown" not in frame
    addresses = re.findall(r'href="(/preview\?[^"]*page=[^"]*)"', frame)
    keys = {key for one in addresses for key in parse_qs(urlsplit(unescape(one)).query)["page"] if key[:1] == "/"}
    assert keys
    seen = ""
    for tag in (study.form.source_language, *study.form.languages):
        pages = [letters(shown.get(f"/preview/page/{tag}?{urlencode({'key': key})}")) for key in sorted(keys)]
        seen = seen or " ".join(pages)
    asked = [row for row in read_workbook(study.folder / "form.xlsx").rows("survey") if row.get("label")]
    labels = [row["label"] for row in asked if not row["type"].startswith(UNLABELLED) and "${" not in row["label"]]
    assert [label for label in labels if letters(label) not in seen] == []

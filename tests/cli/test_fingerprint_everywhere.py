"""One key, one fingerprint: on the sheet, in the edition, on the privacy page, in the report, in what commands say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.opening.key_shares import split_key
from kuule.opening.key_sheet import SheetStudy, share_sheets
from kuule.opening.key_sheet_html import render_key_sheet_html
from kuule.sealing.share_threshold import ShareThreshold
from tests.cli.conftest import answer_edition
from tests.collector.site_for_tests import start
from tests.frozen import our_voice, our_voice_in
from tests.study.small_study import rehearsal_key

KEY = rehearsal_key()
DIGITS, WORDS = KEY.public.fingerprint, KEY.public.fingerprint_words


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fingerprint") / "edition"
    our_voice(folder)
    return folder


def words_of(page: str) -> str:
    return " ".join(" ".join(html.fromstring(page).itertext()).split())


def test_on_the_sheet() -> None:
    threshold = ShareThreshold(2, 3)
    about = SheetStudy("our-voice", "Our Voice", "Somebody")
    for sheet in share_sheets(about, KEY.public, threshold, split_key(KEY, threshold)):
        assert f"{DIGITS} {WORDS}" in words_of(render_key_sheet_html(sheet))


def test_in_the_edition_and_on_its_privacy_page_in_every_language(edition: Path, tmp_path: Path) -> None:
    assert json.loads((edition / "edition.json").read_text())["key"]["fingerprint"] == DIGITS
    site = start(edition, tmp_path)
    assert {"en", "sv", "ar"} <= set(site.edition.languages)
    for tag in site.edition.languages:
        page = site.browser.get(f"/{tag}/privacy").page
        shown = [" ".join(part.itertext()) for part in page.xpath("//p[@class='code']/bdi[@dir='ltr']")]
        assert shown == [DIGITS, WORDS]


def test_in_the_report(tmp_path: Path, capsys) -> None:
    our_voice_in(tmp_path / "edition", "sv")
    archive = answer_edition(tmp_path / "edition", tmp_path, 3)
    key = tmp_path / "a.secret-key"
    key.write_text(KEY.to_text())
    assert run(["open", str(archive), "--key", str(key), "--to", str(tmp_path / "dataset")]) == Exit.DONE
    assert run(["report", str(tmp_path / "dataset"), "--to", str(tmp_path / "report")]) == Exit.DONE
    text = words_of((tmp_path / "report" / "report.html").read_text(encoding="utf-8"))
    assert DIGITS in text
    assert WORDS in text


def test_in_what_commands_say(edition: Path, capsys) -> None:
    assert run(["keys", "show", str(edition / "public.key")]) == Exit.DONE
    said = capsys.readouterr().out
    assert re.search(rf"fingerprint +{DIGITS}\n", said)
    assert re.search(rf"in words +{WORDS}\n", said)

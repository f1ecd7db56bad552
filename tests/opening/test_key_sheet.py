"""The printed sheets: what has to stand on them does, and they load nothing."""

import copy
import pickle
import re
import sys

import pytest
from lxml import html

from kuule.opening.key_shares import split_key
from kuule.opening.key_sheet import PRACTICE_NOTICE, KeySheet, SheetStudy, passphrase_sheet, share_sheets
from kuule.opening.key_sheet_html import render_key_sheet_html
from kuule.opening.key_sheet_pdf import TypesetterUnavailable, render_key_sheet_pdf
from kuule.opening.private_key import PrivateKey
from kuule.sealing.share_threshold import ShareThreshold

ABOUT = SheetStudy("our-voice", 'Our <Voice> & "theirs"', "Ruohonjuuri ry")


def key(rehearsal: bool = False) -> PrivateKey:
    return PrivateKey.generate(bytes(range(32)), rehearsal=rehearsal)


def sheets(needed: int = 2, shares: int = 3, *, rehearsal: bool = False) -> tuple[KeySheet, ...]:
    threshold = ShareThreshold(needed, shares)
    return share_sheets(ABOUT, key(rehearsal).public, threshold, split_key(key(rehearsal), threshold))


def text_of(sheet: KeySheet) -> str:
    return " ".join(html.fromstring(render_key_sheet_html(sheet)).xpath("string()").split())


@pytest.mark.parametrize("number", [1, 2, 3])
def test_share_sheet_says_what_it_is(number: int) -> None:
    sheet = sheets()[number - 1]
    text = text_of(sheet)
    public = key().public
    assert f"Key sheet {number} of 3" in text
    assert "Any 2 of these 3 sheets" in text
    for part in (ABOUT.title, ABOUT.study_id, ABOUT.organisation, public.fingerprint, public.key_id.hex()):
        assert part in text
    assert " ".join(text.split()).count(public.fingerprint_words.split()[0]) >= 1
    assert " ".join(sheet.fingerprint_lines) == public.fingerprint_words
    for step in ("photograph", "When 2 meet", "If it is lost", "If you leave", "Handed over"):
        assert step in text


def test_words_stand_in_a_numbered_list_in_their_order() -> None:
    sheet = sheets()[0]
    page = html.fromstring(render_key_sheet_html(sheet))
    assert tuple(item.text for item in page.findall(".//ol/li")) == sheet.words


def test_sheets_of_a_set_have_different_words_and_no_others() -> None:
    made = sheets()
    assert len({sheet.words for sheet in made}) == 3
    assert not set(made[0].words[4:-3]) <= set(re.findall("[a-z]+", text_of(made[1])))


def test_lost_sheet_without_a_spare_is_said_to_be_the_end() -> None:
    assert "Nobody can open" in text_of(sheets(2, 2)[0])
    assert "while 2 sheets are left" in text_of(sheets(2, 3)[0])


@pytest.mark.parametrize("rehearsal", [True, False])
def test_practice_is_marked_on_the_sheet_of_a_rehearsal_key_only(rehearsal: bool) -> None:
    assert (PRACTICE_NOTICE in text_of(sheets(rehearsal=rehearsal)[0])) is rehearsal


def test_sheet_of_a_passphrase_names_the_file() -> None:
    sheet = passphrase_sheet(ABOUT, key().public, ["academic", "acid"], "our-voice.secret-key")
    text = text_of(sheet)
    assert "our-voice.secret-key" in text
    assert "Apart" in text
    assert [item.text for item in html.fromstring(render_key_sheet_html(sheet)).findall(".//ol/li")] == [
        "academic",
        "acid",
    ]


def test_page_loads_nothing_and_runs_nothing() -> None:
    page = render_key_sheet_html(sheets()[0])
    assert re.findall(r"<script|<link|<img|https?:|url\(|@import|\ssrc=", page) == []


def test_study_cannot_write_into_the_page() -> None:
    assert "<Voice>" not in render_key_sheet_html(sheets()[0])
    assert "Our &lt;Voice&gt; &amp; &quot;theirs&quot;" in render_key_sheet_html(sheets()[0])


def test_pdf_is_one_tagged_page_in_english_without_a_date() -> None:
    pdf = render_key_sheet_pdf(sheets(rehearsal=True)[0])
    assert pdf.startswith(b"%PDF-1.7")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"pdfuaid", b"/Lang"):
        assert mark in pdf
    assert re.findall(rb"CreationDate|ModDate|CreateDate", pdf) == []
    assert b"Key sheet 1 of 3" in pdf


def pdf_of(title: str) -> bytes:
    about = SheetStudy("s", title, "Organisation [#]")
    made = share_sheets(about, key().public, ShareThreshold(2, 3), split_key(key(), ShareThreshold(2, 3)))
    return render_key_sheet_pdf(made[0])


def test_pdf_takes_a_title_as_it_stands() -> None:
    """With the fonts that Typst brings: Latin, Greek and Cyrillic."""
    assert pdf_of("Наш голос — #let x = 1; *mark* $y$ \\ //").startswith(b"%PDF")


def test_pdf_with_a_letter_that_no_font_has_is_not_made() -> None:
    """Rather none than one in which a screen reader meets a hole."""
    with pytest.raises(TypesetterUnavailable):
        pdf_of("Our \U0003fffd voice")


def test_pdf_is_not_made_where_the_typesetter_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra `keys` is optional: who makes keys without it is told, and has the sheets as pages."""
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(TypesetterUnavailable):
        pdf_of("Our voice")


def test_sheet_shows_its_file_only() -> None:
    sheet = sheets()[0]
    assert f"{sheet} {sheet!r}" == "<Sheet sheet-1-of-3> <Sheet sheet-1-of-3>"
    for take in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError, match="not pickled"):
            take(sheet)

"""A study for offenders, or one that asks for it, takes contacts out of what people write before it is sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connections

from kuule.collector.session.stripped_visit import StrippedVisit, strip_visit
from kuule.dataset.ingest.record_validation import RecordValidator
from kuule.forms.navigation.visit import Visit
from kuule.forms.record import EMPTIED_BY_STRIPPING, STRIPPED_FLAGS, Record
from kuule.redaction.stripping import MARK
from kuule.tables.missing import Missing
from tests.collector.codes_on_pages import COMING_BACK, another, resume, shown_code, to_wish
from tests.collector.site_for_tests import TestSite, field, start
from tests.study.small_study import SETTINGS, make_edition

WISH = "/data/end/page_wish/wish"
ALL_LINKS = "https://example.com/a, hxxp://example[.]org"
STRIPPING = SETTINGS.replace("[answers]", '[answers]\nstrip = ["links", "mail"]')
OFFENDERS = SETTINGS.replace('"survivors"', '"offenders"')


@pytest.fixture(scope="module")
def stripping_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stripping")
    make_edition(folder, settings=STRIPPING + COMING_BACK)
    return folder / "edition"


@pytest.fixture(scope="module")
def offenders_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offenders")
    make_edition(folder, settings=OFFENDERS)
    return folder / "edition"


@pytest.fixture
def stripping(stripping_folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(stripping_folder, tmp_path)
    connections.close_all()


@pytest.fixture
def offenders(offenders_folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(offenders_folder, tmp_path)
    connections.close_all()


def sent_record(site: TestSite) -> Record:
    (record,) = site.kept()
    return record


def test_who_wrote_a_link_reads_what_is_sent_before_it_is(stripping: TestSite) -> None:
    browser = stripping.answer({"wish": "I saw https://example.com/a by chance."})
    browser.press("send")
    assert stripping.kept() == []
    (opened,) = browser.shown.page.xpath("//details[@open]")
    assert MARK in opened.text_content()
    assert f"I saw {MARK} by chance." in browser.shown.words
    assert "example.com" not in browser.shown.body.decode()
    assert browser.press("send").heading == "Thank you"
    record = sent_record(stripping)
    assert record.answers[WISH] == f"I saw {MARK} by chance."
    assert record.flags == ("stripped_one",)
    assert "example" not in record.to_bytes().decode()


def test_answer_that_is_all_links_is_sent_empty_with_a_flag(stripping: TestSite) -> None:
    browser = stripping.review({"wish": ALL_LINKS})
    assert MARK in browser.shown.words
    assert "example" not in browser.shown.body.decode()
    browser.press("send")
    record = sent_record(stripping)
    assert WISH not in record.answers
    assert record.missing[WISH] is Missing.PASSED_OVER
    assert record.flags == ("stripped_two", EMPTIED_BY_STRIPPING)
    assert "example" not in record.to_bytes().decode()


SAYS = {
    "en": "Where you see […], something looked like a link",
    "sv": "Där du ser […] såg något ut som en länk",
    "ar": "حيث يظهر […] كان هناك شيء يشبه رابطًا",
}
"""How the sentence on the mark begins. In one language it is as the next page has it, and in no other."""


@pytest.mark.parametrize("tag", sorted(SAYS))
def test_mark_is_explained_above_the_answers_where_it_is_seen(stripping: TestSite, tag: str) -> None:
    browser = stripping.answer({"wish": "I saw https://example.com/a by chance."}, tag)
    assert SAYS[tag] not in browser.shown.words
    browser.press("send")
    assert [one for one in SAYS.values() if one in browser.shown.words] == [SAYS[tag]]
    assert browser.shown.words.index(SAYS[tag]) < browser.shown.words.index(f"I saw {MARK}")


def test_mark_is_explained_until_the_answer_has_none(stripping: TestSite) -> None:
    browser = stripping.review({"wish": ALL_LINKS})
    assert SAYS["en"] in browser.shown.words
    browser.press(next(go for go in browser.buttons if go.startswith("page:") and "wish" in go))
    browser.press("review", {field(browser, "wish"): "That someone listens."})
    assert SAYS["en"] not in browser.shown.words


@pytest.mark.parametrize("wish", ["That someone listens.", "", "@sample_name told me"])
def test_nothing_is_explained_where_nothing_was_taken_out(stripping: TestSite, wish: str) -> None:
    assert SAYS["en"] not in stripping.review({"wish": wish}).shown.words


def test_mark_that_somebody_typed_is_theirs_where_nothing_is_taken_out(site: TestSite) -> None:
    shown = site.review({"wish": f"He said {MARK} and left. https://example.com"}).shown
    assert (f"He said {MARK} and left." in shown.words, SAYS["en"] in shown.words) == (True, False)


def test_who_wrote_no_link_sends_at_once(stripping: TestSite) -> None:
    assert stripping.answer({"wish": "That someone listens."}).press("send").heading == "Thank you"
    assert (sent_record(stripping).answers[WISH], sent_record(stripping).flags) == ("That someone listens.", ())


def test_only_the_kinds_of_the_study_are_taken_out(stripping: TestSite) -> None:
    stripping.answer({"wish": "@sample_name told me"}).press("send")
    assert sent_record(stripping).answers[WISH] == "@sample_name told me"


def test_study_that_does_not_ask_for_it_takes_nothing_out(site: TestSite) -> None:
    site.answer({"wish": ALL_LINKS}).press("send")
    assert (sent_record(site).answers[WISH], sent_record(site).flags) == (ALL_LINKS, ())


def test_everything_is_taken_out_for_offenders_without_being_asked_for(offenders: TestSite) -> None:
    browser = offenders.answer({"wish": "@sample_name, some.name@example.org, example.net and " + "a1" * 16})
    browser.press("send")
    browser.press("send")
    record = sent_record(offenders)
    assert record.answers[WISH] == f"{MARK} and {MARK}"
    assert record.flags == ("stripped_four",)


def test_flags_are_flags_to_every_version_that_reads_datasets(stripping: TestSite) -> None:
    stripping.review({"wish": ALL_LINKS}).press("send")
    validator = RecordValidator.from_editions([stripping.edition], ())
    cells = validator.leading_cells(sent_record(stripping))
    assert cells["flags"] == f"{EMPTIED_BY_STRIPPING} stripped_two"
    record = replace(sent_record(stripping), flags=STRIPPED_FLAGS[:5])
    assert (
        validator.leading_cells(record)["flags"]
        == "stripped_five stripped_four stripped_one stripped_three stripped_two"
    )


@pytest.mark.usefixtures("cheap_locks")
def test_paused_visit_is_stored_without_links_and_still_counts_them(stripping: TestSite) -> None:
    browser = to_wish(stripping)
    browser.press("next", {field(browser, "wish"): ALL_LINKS})
    browser.press("back")
    browser.press("break")
    browser.press("pause")
    code = shown_code(browser)
    back = resume(another(stripping), code)
    assert "example" not in back.shown.body.decode()
    while "send" not in back.buttons:
        back.press("next")
    back.press("send")
    back.press("send")
    record = sent_record(stripping)
    assert WISH not in record.answers
    assert record.flags[-1] == EMPTIED_BY_STRIPPING


@pytest.mark.parametrize(
    ("number", "flags"),
    [
        (0, ()),
        (1, ("stripped_one",)),
        (9, ("stripped_nine",)),
        (10, ("stripped_ten_or_more",)),
        (40, ("stripped_ten_or_more",)),
    ],
)
def test_counts_from_ten_on_are_one_flag(stripping: TestSite, number: int, flags: tuple[str, ...]) -> None:
    links = " and ".join(["some", *(f"https://example.com/{one}" for one in range(number))])
    assert strip_visit(stripping.edition, Visit("", 1, {WISH: links})).flags == flags


def test_what_was_typed_elsewhere_or_made_once_of_an_answer_is_stripped_too(stripping: TestSite) -> None:
    uuid = "123e4567-e89b-12d3-a456-426614174000"
    visit = Visit("", 1, {}, {"/data/about/years": ALL_LINKS}, fixed={"/data/a": f"once {ALL_LINKS}", "/data/b": uuid})
    stripped = strip_visit(stripping.edition, visit).visit
    assert stripped.typed == {"/data/about/years": ""}
    assert stripped.fixed == {"/data/a": f"once {MARK}", "/data/b": uuid}


def test_visit_of_a_study_that_strips_nothing_is_the_same_object(site: TestSite) -> None:
    visit = Visit("", 1, {WISH: ALL_LINKS})
    assert strip_visit(site.edition, visit) == StrippedVisit(visit)

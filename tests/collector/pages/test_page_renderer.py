"""Pages of questions: drawn from what was kept or made anew, they are the same bytes, and nobody's answer is kept."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.collector.http.collector_site import running_site
from kuule.collector.pages.page_frame import frame_for
from kuule.collector.pages.page_renderer import HiddenFields, PageRenderer
from kuule.collector.pages.part_views import QuestionView
from kuule.collector.pages.question_views import MOST_UNTOUCHED_VIEWS, page_view
from kuule.collector.session.outcome import QuestionPage
from kuule.collector.session.posted import Posted
from kuule.forms.model.controls import Control
from kuule.forms.navigation.page import Page, Question
from kuule.web.skeleton import SkeletonCache
from tests.collector.site_for_tests import start
from tests.sampling import examples

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TYPED = (
    "Qmark <b>&amp;\"'{{ 7 }}\x00",
    "Qmark </textarea>\nwords",
    "12",
    "1 200",
    "2026-11-24",
    "2026-11",
    "14:30",
    "",
    "x",
)
INSIDE = HiddenFields("TOKEN", "00000000.page")
KEPT = SkeletonCache(64 * 1024 * 1024)
"""Warm from one example to the next."""


@pytest.fixture(autouse=True)
def _served(every_folder: Path, tmp_path: Path) -> None:
    start(every_folder, tmp_path)


def drawn(outcome: QuestionPage, shelf: SkeletonCache, *, anew: bool = False) -> str:
    """`anew`: with none of the views that the language keeps of questions that nobody has answered."""
    served = outcome.served
    language = served.languages[outcome.state.language]
    language = replace(language) if anew else language
    view = page_view(outcome.page, served, language)
    return PageRenderer(served.edition.id, frame_for(served, language), shelf).render_page(view, outcome, INSIDE)


def visit(seed: int, tag: str) -> Iterator[QuestionPage]:
    """The pages of somebody who answers by chance, goes back, adds and removes."""
    chance, conversation = random.Random(seed), running_site().conversation
    assert conversation is not None
    reply = conversation.begin(tag, NOW)
    for _ in range(30):
        outcome = reply.outcome
        if not isinstance(outcome, QuestionPage):
            return
        yield outcome
        go = chance.choice(["next"] * 6 + ["back", "pass", "stay", "add:/data/circle/person"])
        fields = dict(answers(outcome.page, chance))
        edition = outcome.served.edition.short
        posted = Posted(token=reply.token, edition=edition, page=outcome.page.key, go=go, fields=fields)
        reply = conversation.step(tag, posted, NOW)


def answers(page: Page, chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    for question in (*page.questions, *page.waiting):
        values = [choice.value for choice in question.choices]
        if question.field.endswith("/consent"):
            yield question.field, ["yes"]
        elif values:
            yield question.field, chance.sample(values, chance.randint(0, len(values)))[: chance.choice([1, 1, 9])]
        else:
            yield question.field, [chance.choice(TYPED)]


@settings(max_examples=examples(40), deadline=None)
@given(seed=st.integers(0, 2**32), tag=st.sampled_from(["en", "ar"]))
def test_page_is_the_same_from_what_was_kept_and_made_anew(seed: int, tag: str) -> None:
    for outcome in visit(seed, tag):
        assert drawn(outcome, KEPT) == drawn(outcome, SkeletonCache(0), anew=True)


def test_no_more_views_are_kept_than_there_is_room_for() -> None:
    """Whoever answers so that each question stands at every place of a page makes a view for each."""
    outcome = next(visit(1, "en"))
    kept = outcome.served.languages["en"].untouched_views
    kept.clear()
    kept.update((number, number) for number in range(MOST_UNTOUCHED_VIEWS))
    try:
        assert drawn(outcome, SkeletonCache(0)) == drawn(outcome, SkeletonCache(0), anew=True)
        assert len(kept) == MOST_UNTOUCHED_VIEWS
    finally:
        kept.clear()


@settings(max_examples=examples(20), deadline=None)
@given(seed=st.integers(0, 2**32))
def test_what_stands_on_a_page_is_what_was_typed_and_nothing_else(seed: int) -> None:
    for outcome in visit(seed, "en"):
        document = lxml.html.document_fromstring(drawn(outcome, KEPT))
        assert document.xpath("//b") == []
        for question in filter(in_one_field, (*outcome.page.questions, *outcome.page.waiting)):
            assert standing(document, question) == expected(question)


def standing(document: lxml.html.HtmlElement, question: Question) -> list[str]:
    """What a browser would send of a question of choices or one text, if nothing was changed."""
    found = []
    for element in document.xpath("//*[@name=$name]", name=question.field):
        if element.tag == "textarea":
            found.append((element.text or "").removeprefix("\n"))
        elif element.tag == "select":
            found += element.xpath("./option[@selected]/@value")
        elif element.get("type") == "text" or element.get("checked") is not None:
            found.append(element.get("value"))
    return sorted(filter(None, (value.rstrip(" ") for value in found)))


def expected(question: Question) -> list[str]:
    values = {choice.value for choice in question.choices}
    if values:
        return sorted(value for value in question.typed if value in values)
    return sorted(value.rstrip(" ").replace("\x00", "\ufffd") for value in question.typed if value)


def in_one_field(question: Question) -> bool:
    """Days, ranges and numbers that are shown otherwise than they were typed: test_controls looks at those."""
    shown_so = question.control in (Control.DATE, Control.TIME, Control.DATETIME, Control.RANGE)
    return not shown_so and "thousands-sep" not in question.appearance


def test_nothing_that_anyone_wrote_is_kept() -> None:
    shelf = SkeletonCache(64 * 1024 * 1024)
    texts = [drawn(outcome, shelf) for seed in range(25) for outcome in visit(seed, "en")]
    assert any("Qmark" in text for text in texts)
    assert len(shelf) > 30
    assert "Qmark" not in repr(shelf._kept)
    conversation = running_site().conversation
    assert conversation is not None
    views = conversation.editions.current.languages["en"].untouched_views
    assert len(views) > 10
    assert "Qmark" not in repr(views)
    assert [view for view in views.values() if not isinstance(view, QuestionView) or view.question.typed] == []


def test_second_person_is_drawn_from_what_was_kept() -> None:
    shelf = SkeletonCache(64 * 1024 * 1024)
    first = [drawn(outcome, shelf) for outcome in visit(3, "en")]
    count = len(shelf)
    assert [drawn(outcome, shelf) for outcome in visit(3, "en")] == first
    assert len(shelf) == count

"""Names of pages: of the study's own language, in letters that every system has, and never twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.disclosure.release import release
from kuule.publishing.release_site.site_plan import prose_parts
from kuule.publishing.release_site.topic_slugs import UsedNames, plain_slug
from tests.publishing.release_site.site_release import AGE, TEXT, in_language, site_release
from tests.publishing.released import BY_SMALL, RULES, TOLD, result


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Telling someone", "telling-someone"),
        ("**Help**, and what `helped`", "help-and-what-helped"),
        ("Mitä tapahtui äidille?", "mita-tapahtui-aidille"),
        ("Straße & Øl", "strasse-ol"),
        ("إخبار أحد", "topic-3"),
        ("a" * 40 + " " + "b" * 40, "a" * 40),
    ],
)
def test_slug_of_a_heading(heading: str, slug: str) -> None:
    assert plain_slug(heading, "topic-3") == slug


def test_name_is_given_once() -> None:
    used = UsedNames("help")
    assert [used.take(name) for name in ("help", "Help", "told", "told")] == ["help-2", "Help-3", "told", "told-2"]


def test_topics_are_the_parts_with_figures_and_have_one_name_in_every_language() -> None:
    english, finnish = in_language("en").plan, in_language("fi").plan
    assert english == finnish
    assert list(english.topics.values()) == ["telling-someone", "who-answered"]
    assert list(english.figures.values()) == ["told", "told-by-land", "age"]


def test_topic_that_is_called_as_a_fixed_page_has_another_name() -> None:
    made = site_release(text=TEXT.replace("## Who answered", "## Help"))
    assert list(in_language(made=made).plan.topics.values()) == ["telling-someone", "help-2"]


def test_parts_without_figures_are_before_or_after_the_topics() -> None:
    before, after = prose_parts(in_language().view)
    assert [part.heading.text for part in before] == ["A word to you"]
    assert [part.heading.text for part in after] == ["How this was done"]


def test_release_without_countries_has_no_page_of_them() -> None:
    plan = in_language(made=replace(site_release(), by_country=(), by_language=())).plan
    assert (plan.countries, plan.languages) == (None, None)
    assert plan.fixed_pages == ("index", "topics", "about", "methods", "data", "release", "help")


def test_many_languages_are_compared_and_have_no_page_each() -> None:
    """Thirty pages in each of thirty languages would be most of a site, and say what three pages say."""
    few = in_language().plan.languages
    assert few is not None
    assert list(few.pages.values()) == ["language-en", "language-fi"]
    tags = ("en", "fi", "sv", "da", "nb", "is", "de", "fr", "nl")
    by_tag = {tag: {"yes": 120, "no": 90} for tag in tags}
    rows = [
        result("told", {"": TOLD}),
        result("told", BY_SMALL, "land"),
        result("told", by_tag, "@language"),
        result("age", {"": AGE}),
    ]
    tables = release(rows, RULES)
    made = site_release(tables=tables, origin=tables[0].origin, country="", by_country=())
    many = in_language(made=made).plan.languages
    assert many is not None
    assert (dict(many.pages), many.withheld) == ({}, ())
    assert list(many.comparisons.values()) == ["told-by-language"]


def test_group_that_is_not_shown_has_no_page_and_keeps_its_place() -> None:
    plan = in_language().plan.countries
    assert plan is not None
    assert (plan.pages, plan.withheld) == ({"FI": "country-FI", "SE": "country-SE"}, ("MT",))

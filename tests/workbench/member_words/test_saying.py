"""A text is said in the language of the page, with numbers, days and names as that language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import cast

import pytest
from django.http import HttpRequest
from markupsafe import Markup

from kuule.workbench.member_words.desk_words import say_kind, say_reason, say_role_name, say_section, say_written_day
from kuule.workbench.member_words.saying import (
    page_language,
    say,
    say_english,
    say_later,
    say_plain,
    speak_in,
)
from kuule.workbench.notices import add_notice, take_notices

pytestmark = pytest.mark.usefixtures("spoken_words")


def test_text_is_said_in_the_language_that_is_spoken() -> None:
    with speak_in("fi"):
        finnish = say("sign_in"), page_language().direction
        with speak_in("ar"):
            arabic = say("sign_in"), page_language().direction
        again = say("sign_in")
    assert (finnish, arabic, again) == (("Kirjaudu sisään", "ltr"), ("تسجيل الدخول", "rtl"), "Kirjaudu sisään")
    assert say("sign_in") == "Sign in"


def test_text_without_a_translation_is_english_and_marked_so() -> None:
    with speak_in("ar"):
        assert say("password") == '<span lang="en" dir="ltr">Password</span>'
        assert say_plain("password") == "Password"


def test_day_that_is_to_be_typed_is_not_turned_round() -> None:
    with speak_in("ar"):
        assert say("hint_day") == "يوم: \u20662026-05-31\u2069."
        assert "\u2066" not in say("hint_partial"), "it is English, and runs from left to right"


def test_text_that_is_named_early_is_said_late() -> None:
    early = say_later("sign_in_mismatch")
    with speak_in("fi"):
        assert str(early) == "Nimi ja salasana eivät kuulu yhteen."


def test_what_is_filled_in_is_written_as_the_language_writes_it() -> None:
    with speak_in("fi"):
        assert say("codes_left", left=9, total=12345) == "Jäljellä 9/12\xa0345."
        assert say("board_before", day=date(2026, 11, 24)) == "ennen 24. marraskuuta 2026"
        assert say("board_before", day=datetime(2026, 11, 24, 23, tzinfo=UTC)) == "ennen 24. marraskuuta 2026"


def test_name_is_escaped_and_kept_apart_where_it_runs_the_other_way() -> None:
    with speak_in("fi"):
        assert say("removed", name="<b>Aino</b>") == "&lt;b&gt;Aino&lt;/b&gt; ei voi enää kirjautua."
        assert say("removed", name="ليلى") == "<bdi>ليلى</bdi> ei voi enää kirjautua."
        assert say("removed", name=Markup("<em>Aino</em>")) == "<em>Aino</em> ei voi enää kirjautua."
        assert say_plain("removed", name="ليلى") == "\u2068ليلى\u2069 ei voi enää kirjautua."
    with speak_in("ar"):
        assert say("removed", name="Aino") == "لم يعد <bdi>Aino</bdi> قادرًا على الدخول."


def test_what_exists_in_english_alone_is_marked_on_other_pages() -> None:
    assert say_english("it's broken <here>") == "it&#39;s broken &lt;here&gt;"
    with speak_in("fi"):
        assert say_english("a cause") == '<span lang="en" dir="ltr">a cause</span>'


def test_words_of_the_desk_fall_back_to_what_files_have() -> None:
    assert (say_kind("question"), say_kind("something new")) == ("question", "something new")
    assert (say_section("The study", "en"), say_section("Om <dig>", "sv")) == (
        "The study", '<span lang="sv" dir="ltr">Om &lt;dig&gt;</span>',
    )  # fmt: skip
    assert (say_role_name("second-translator"), say_role_name("agency")) == ("second translator", "agency")
    assert (say_written_day("2026-11-24"), say_written_day("soon")) == ("24 November 2026", "soon")
    role = "the role 'translator' made one of its two translations: another looks at them"
    assert say_reason(role) == "The role “translator” made one of its two translations: another looks at them."
    assert say_reason("it was changed elsewhere") == "It was changed elsewhere."


def test_notice_keeps_its_markup_and_nobody_elses() -> None:
    request = cast("HttpRequest", SimpleNamespace(session={}))
    with speak_in("ar"):
        add_notice(request, say("password"))
        add_notice(request, "<script>")
    assert take_notices(request) == ['<span lang="en" dir="ltr">Password</span>', "&lt;script&gt;"]
    assert take_notices(request) == []

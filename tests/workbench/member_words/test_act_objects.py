"""What an act was done to is said in the language of the page, and whatever is no word of ours stays as it was kept."""

from __future__ import annotations

import re

import pytest

from kuule.workbench.member_words.act_objects import say_act_object
from kuule.workbench.member_words.saying import speak_in

pytestmark = pytest.mark.usefixtures("spoken_words")

KEY = "12345 67890 00001 00002 00003 00004"


def read_out(what: str, on: str, tag: str) -> str:
    """What a person reads, without its tags."""
    with speak_in(tag):
        return re.sub(r"<[^>]+>", "", say_act_object(what, on))


@pytest.mark.parametrize(
    ("what", "on", "english", "finnish"),
    [
        ("joined", "viewer, Line, Inc.", "viewer, Line, Inc.", "katselija, Line, Inc."),
        ("invited", "translator, Line, ar sv", "translator, Line, ar sv", "kääntäjä, Line, ar sv"),
        ("took an invitation back", "lead, Line", "lead, Line", "vetäjä, Line"),
        ("added a second factor", "app for codes", "App for codes", "Koodisovellus"),
        ("renewed a second factor", "recovery codes", "Recovery codes", "Varakoodit"),
        ("removed a second factor", "passkey", "passkey", "avainkoodi"),
        (
            "changed a member",
            "A: b: lead to coder +ar -SE",
            "A: b: lead, now coder +ar -SE",
            "A: b: vetäjä, nyt koodaaja +ar -SE",
        ),
        ("changed a member", "Anna: +ar", "Anna: +ar", "Anna: +ar"),
        ("gave links", "Line: none", "Line: no links", "Line: ei linkkejä"),
        ("gave links", "Line: k7, none", "Line: k7, none", "Line: k7, none"),
        ("downloaded an edition", "edition 0a1b", "Edition 0a1b", "Versio 0a1b"),
        (
            "downloaded the archive",
            "edition 0a1b, 1200 sealed answers",
            "Edition 0a1b, sealed answers: 1,200",
            "Versio 0a1b, sinetöityjä vastauksia: 1\xa0200",
        ),
        ("froze an edition", f"edition 0a1b, key {KEY}", f"Edition 0a1b, key {KEY}", f"Versio 0a1b, avain {KEY}"),
        (
            "changed a file",
            "support.csv, 0a1b, instead of 2c3d",
            "support.csv, 0a1b, in place of 2c3d",
            "support.csv, 0a1b, tiedoston 2c3d tilalla",
        ),
        ("changed a file", "support.csv, 0a1b, instead of ", "support.csv, 0a1b", "support.csv, 0a1b"),
        (
            "downloaded the questionnaire as a document",
            "sv, pdf, since edition 0a1b",
            "Swedish, pdf, What changed since edition 0a1b",
            "ruotsi, pdf, Mikä on muuttunut version 0a1b jälkeen",
        ),
        ("downloaded the questionnaire as a document", "sv, docx", "Swedish, docx", "ruotsi, docx"),
        ("closed all accounts", "the study has ended", "the study has ended", "tutkimus on päättynyt"),
        ("reviewed", "ar form:/data/a:label", "ar form:/data/a:label", "ar form:/data/a:label"),
        ("signed in", "the study has ended", "the study has ended", "the study has ended"),
        ("something new", "of another version", "of another version", "of another version"),
    ],
)  # fmt: skip
def test_words_of_ours_are_said_and_all_else_stays(what: str, on: str, english: str, finnish: str) -> None:
    assert (read_out(what, on, "en"), read_out(what, on, "fi")) == (english, finnish)


def test_name_is_escaped_and_kept_apart() -> None:
    assert say_act_object("joined", "viewer, <b>") == "viewer, <bdi>&lt;b&gt;</bdi>"
    assert say_act_object("gave links", "<i>: none") == "<bdi>&lt;i&gt;</bdi>: no links"


def test_groups_of_a_fingerprint_keep_their_order_between_words_from_the_right() -> None:
    with speak_in("ar"):
        assert f'<bdi dir="ltr">{KEY}</bdi>' in say_act_object("froze an edition", f"edition 0a1b, key {KEY}")


def test_language_that_is_no_tag_stays_as_it_was_kept() -> None:
    assert read_out("downloaded the questionnaire as a document", "xx-unknown, pdf", "fi") == "xx-unknown, pdf"

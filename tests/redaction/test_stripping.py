"""Contacts are taken out of a text in whatever disguise; all other words stay as they were."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kuule.redaction.stripped_kinds import StrippedKind
from kuule.redaction.stripping import MARK, StrippedText, strip_contacts
from tests.redaction.disguise_corpus import AROUND, disguised_contacts, onion_address
from tests.redaction.ordinary_texts import ORDINARY, ordinary_texts

ALL = tuple(StrippedKind)
LEAST_RECALL = 0.99
CORPUS = tuple(disguised_contacts())


def said(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def is_gone(text: str, around: str) -> bool:
    """Whether a contact is taken out whole, and no word around it."""
    stripped = strip_contacts(around.format(text), ALL)
    return stripped.count > 0 and said(stripped.text) == said(around.format(MARK))


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("See https://example.com/a?b=1. Then stop", StrippedText(f"See {MARK}. Then stop", 1)),
        ("hxxp://example[.]com or example dot org", StrippedText(f"{MARK} or {MARK}", 2)),
        ("https://example.com, https://example.org", StrippedText("", 2, emptied=True)),
        ("write to some.name (at) example (dot) org", StrippedText(f"write to {MARK}", 1)),
        (f"({onion_address(1)})", StrippedText("", 1, emptied=True)),
        ("it was bad", StrippedText("it was bad")),
        ("", StrippedText("")),
        ("...", StrippedText("...")),
        (f"someone typed {MARK} here", StrippedText(f"someone typed {MARK} here")),
    ],
)
def test_contacts_go_and_words_stay(text: str, stripped: StrippedText) -> None:
    assert strip_contacts(text, ALL) == stripped


def test_corpus_is_of_several_hundred_disguises_of_every_kind() -> None:
    assert len({text for _, _, text in CORPUS}) > 500
    assert {kind for kind, _, _ in CORPUS} == set(StrippedKind)


def test_recall_over_all_disguises_and_surroundings() -> None:
    tried = [(text, around) for _, _, text in CORPUS for around in AROUND]
    missed = [around.format(text) for text, around in tried if not is_gone(text, around)]
    assert 1 - len(missed) / len(tried) >= LEAST_RECALL, missed


def test_no_false_alarm_in_sentences_that_look_like_contacts() -> None:
    assert {text: found.text for text in ORDINARY if (found := strip_contacts(text, ALL)).count} == {}


@pytest.mark.slow
def test_no_false_alarm_in_the_texts_of_the_studies() -> None:
    assert {text: found.text for text in {*ordinary_texts()} if (found := strip_contacts(text, ALL)).count} == {}


@pytest.mark.parametrize("kind", StrippedKind)
def test_only_the_kinds_that_are_asked_for(kind: StrippedKind) -> None:
    texts = {
        StrippedKind.LINKS: "https://example.com/a",
        StrippedKind.MAIL: "some.name@example.org",
        StrippedKind.HANDLES: "@sample_name",
        StrippedKind.CODES: "0123456789abcdef0123456789abcdef",
        StrippedKind.SITES: "example.net",
    }
    expected = [MARK if one is kind else text for one, text in texts.items()]
    assert strip_contacts("; ".join(["a", *texts.values()]), (kind,)).text == "; ".join(["a", *expected])


def test_nothing_is_stripped_where_no_kind_is_asked_for() -> None:
    assert strip_contacts("https://example.com", ()) == StrippedText("https://example.com")


@pytest.mark.parametrize(
    "part",
    ["a", "1 ", "a.", "-", "a1b2", "dot ", "((((.", ": / ", "a@", "\n", "[…]", "0 - ", "a_", "ab.-", "@a", "telegram "],
)
def test_longest_text_takes_no_time(part: str) -> None:
    begun = time.process_time()
    strip_contacts((part * 10_000)[:10_000], ALL)
    assert time.process_time() - begun < 2


@given(st.text(max_size=200))
@example("\u202e")
def test_stripped_text_has_nothing_left_to_strip_and_is_never_longer(text: str) -> None:
    stripped = strip_contacts(text, ALL)
    assert strip_contacts(stripped.text, ALL).count == 0
    assert len(stripped.text) <= len(text)
    assert stripped.count or stripped == StrippedText(text)


@given(st.sampled_from(CORPUS), st.sampled_from(AROUND), st.sampled_from(CORPUS))
def test_two_contacts_in_any_order_leave_nothing_that_is_stripped_again(
    one: tuple[StrippedKind, str, str], around: str, other: tuple[StrippedKind, str, str]
) -> None:
    stripped = strip_contacts(f"{around.format(one[2])}\n\n{other[2]}", ALL)
    assert strip_contacts(stripped.text, ALL).count == 0

"""The words of an edition on pages: as they were frozen, the promise as this Kuule keeps it."""

from __future__ import annotations

from dataclasses import replace

from kuule.languages.gettext.shipped_words import shipped_catalogue
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.edition.frozen_words import FrozenWord, FrozenWords, freeze_source_words, freeze_words
from kuule.web.interface_texts import count_newer_texts, english_interface, find_interface, frozen_interface

REVIEWED = replace(freeze_words(shipped_catalogue("sv")), state=State.REVIEWED, origin=TextOrigin.PERSON)
NEVER, NEVER_ENGLISH = "promise_never_text", english_interface().texts["promise_never_text"]


def changed(words: FrozenWords, **said: FrozenWord | None) -> FrozenWords:
    """Some words otherwise, or (None) not there."""
    kept = {name: word for name, word in {**words.words, **said}.items() if word is not None}
    return replace(words, words=kept)


def test_page_says_what_was_frozen_and_not_what_is_installed() -> None:
    own = FrozenWord("Vidare härifrån", REVIEWED.words["continue"].source)
    spoken = frozen_interface(changed(REVIEWED, **{"continue": own}), "sv")
    assert (spoken.say("continue"), spoken.say("back")) == ("Vidare härifrån", "Tillbaka")
    assert (spoken.state, spoken.origin) == (State.REVIEWED, TextOrigin.PERSON)


def test_english_is_frozen_too() -> None:
    assert frozen_interface(freeze_source_words(), "en") == find_interface("en")
    before = changed(freeze_source_words(), **{"continue": FrozenWord("Proceed", "00000000")})
    assert frozen_interface(before, "en").say("continue") == "Proceed"


def test_promise_whose_english_changed_is_the_package_s_in_both_languages() -> None:
    """An edition from before: its promise is not what the code does now."""
    old = {NEVER: FrozenWord("Något som inte gäller längre.", "00000000")}
    swedish = frozen_interface(changed(REVIEWED, **old), "sv")
    assert swedish.say(NEVER) == shipped_catalogue("sv").entries[f"interface:{NEVER}"].text
    english_then = changed(freeze_source_words(), **{NEVER: FrozenWord("What does not hold now.", "00000000")})
    assert frozen_interface(english_then, "en").say(NEVER) == NEVER_ENGLISH


def test_page_with_a_word_that_nobody_reviewed_says_so() -> None:
    spoken = frozen_interface(changed(REVIEWED, **{"continue": None}), "sv")
    assert spoken.say("continue") == "Fortsätt"
    assert (spoken.state, spoken.origin) == (State.DRAFT_ONE, TextOrigin.MACHINE)
    assert (
        count_newer_texts(changed(REVIEWED, **{"continue": None})),
        count_newer_texts(REVIEWED),
        count_newer_texts(None),
    ) == (1, 0, 0)


def test_word_that_this_kuule_does_not_know_is_passed_over() -> None:
    assert frozen_interface(changed(REVIEWED, gone=FrozenWord("Borta", "00000000")), "sv").texts.keys() == (
        english_interface().texts.keys()
    )


def test_language_that_kuule_does_not_ship_has_its_frozen_words_and_english_for_the_rest() -> None:
    one = FrozenWords(
        State.UNTRANSLATED, TextOrigin.PERSON, {"back": FrozenWord("chegh", REVIEWED.words["back"].source)}
    )
    spoken = frozen_interface(one, "tlh")
    assert (spoken.say("back"), spoken.say("continue"), spoken.state) == ("chegh", "Continue", State.UNTRANSLATED)

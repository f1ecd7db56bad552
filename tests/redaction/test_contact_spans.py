"""Where contacts stand, and texts that need not be looked at."""

from __future__ import annotations

import pytest

from kuule.redaction.contact_patterns import FINDERS
from kuule.redaction.contact_signs import may_have_contact
from kuule.redaction.contact_spans import ContactSpan, contact_spans
from kuule.redaction.stripped_kinds import StrippedKind
from kuule.redaction.undisguising import undisguise
from tests.redaction.disguise_corpus import AROUND, disguised_contacts
from tests.redaction.ordinary_texts import ORDINARY


def test_spans_are_those_of_the_original_in_code_points():
    text = "👋🏽 schreib an jo (at) example (punkt) org, bitte"
    assert contact_spans(text, [StrippedKind.MAIL]) == [ContactSpan(14, 41, StrippedKind.MAIL)]


def test_kinds_that_are_not_asked_for_are_left_out():
    assert contact_spans("see www.example.org", [StrippedKind.MAIL]) == []


def test_every_disguised_contact_that_is_found_has_a_sign():
    texts = [around.format(text) for _, _, text in disguised_contacts() for around in AROUND]
    unlooked = [text for text in texts if not may_have_contact(text)]
    assert [text for text in unlooked if any(list(find(undisguise(text).text)) for _, find in FINDERS)] == []


@pytest.mark.parametrize(
    "text", ["I told nobody. Then I did.", "Ich war still, und niemand fragte.", "لم يسأل أحد فلم أقل شيئا."]
)
def test_a_plain_sentence_has_no_sign(text):
    assert not may_have_contact(text)


def test_ordinary_texts_without_a_sign_have_no_contact():
    unlooked = [text for text in ORDINARY if not may_have_contact(text)]
    assert unlooked
    assert [text for text in unlooked if any(list(find(undisguise(text).text)) for _, find in FINDERS)] == []

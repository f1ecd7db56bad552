"""Words for who someone is, in names, labels and hints of seven languages; and words that only sound alike."""

import pytest

from kuule.study.rules.content.identifying_questions import check
from tests.study.logic.rows import questionnaire

ASKED = [
    ("What is your name?", "your name"),
    ("What is your name? It will not be shown.", "your name"),
    ("Your telephone no", "telephone"),
    ("Vad heter du?", "Vad heter du"),
    ("Ditt telefonnummer", "telefonnummer"),
    ("Mikä on nimesi?", "nimesi"),
    ("Sähköpostiosoitteesi", "Sähköpostiosoitteesi"),
    ("Wie heißen Sie?", "Wie heißen Sie"),
    ("Bitte nennen Sie Ihren Namen.", "Ihren Namen"),
    ("Votre nom et votre prénom", "Votre nom"),
    ("Quel est votre code postal ?", "code postal"),
    ("¿Cuál es su nombre?", "su nombre"),
    ("Fecha de nacimiento", "Fecha de nacimiento"),
    ("ما اسمك؟", "اسمك"),
    ("ما هو رقم هاتفك؟", "رقم هاتفك"),
]
NOT_ASKED = [
    "Please do not write your name.",
    "Please leave out all names.",
    "Skriv inte ditt namn.",
    "Älä kirjoita nimeäsi tai osoitettasi.",
    "Bitte schreiben Sie nicht Ihren Namen oder Ihre Adresse.",
    "N'écrivez pas votre nom.",
    "No escriba su nombre.",
    "لا تكتب اسمك.",
    "Quel nombre de fois ?",
    "Did anyone call you names?",
    "How many times did you tell someone?",
]


def found(*, name="q1", label="A question", hint=""):
    rows = questionnaire(f"text | {name} | | | | | | | {label} | {hint}", columns=("hint",))
    return [problem.cause for problem in check(rows)]


@pytest.mark.parametrize(("text", "words"), ASKED)
def test_label_or_hint_that_asks_who_someone_is_is_refused(text, words):
    cause = [f"'q1' asks who someone is ({words!r})"]
    assert found(label=text) == cause
    assert found(hint=text) == cause


@pytest.mark.parametrize("text", NOT_ASKED)
def test_words_that_do_not_ask_for_it_pass(text):
    assert found(label=text) == []
    assert found(hint=text) == []


@pytest.mark.parametrize("name", ["fornamn", "sukunimi", "prénom", "correo_1", "yourTelefon"])
def test_name_of_a_question_in_other_languages_is_seen(name):
    assert len(found(name=name)) == 1

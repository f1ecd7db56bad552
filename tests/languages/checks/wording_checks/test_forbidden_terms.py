"""Words that a language never uses in a study."""

from kuule.languages.checks.check_context import CheckContext
from kuule.languages.terminology.glossary import Glossary, Term
from tests.languages.checks.check_cases import LABEL, said_of

GLOSSARY = Glossary((Term("sv", "", (), ("barnporr*",), "images of violence are no pornography"),))


def test_word_is_an_error_whatever_the_source_says() -> None:
    assert said_of("About images", "Om Barnporren", spoken=CheckContext("sv", GLOSSARY)) == ["error LANG_035"]


def test_no_reason_lets_it_through() -> None:
    spoken = CheckContext("sv", GLOSSARY, {LABEL: "the law there says so"})
    assert said_of("About images", "Om barnporr", spoken=spoken) == ["error LANG_035"]


def test_other_languages_may_have_the_letters() -> None:
    assert said_of("About images", "Om barnporr", spoken=CheckContext("nb", GLOSSARY)) == []

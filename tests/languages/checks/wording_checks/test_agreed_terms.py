"""Terms of glossary.csv in a translation."""

import pytest

from kuule.languages.checks.check_context import CheckContext
from kuule.languages.terminology.glossary import Glossary, Term
from tests.languages.checks.check_cases import LABEL, said_of

GLOSSARY = Glossary(
    (
        Term("sv", "sexual violence", ("sexuellt våld*",), ("sexuella övergrepp",), "the word of the whole study"),
        Term("sv", "the person", (), ("förövar*",)),
        Term("fi", "sexual violence", ("seksuaaliväkival*",)),
    )
)


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ("About **sexual violence**", "Om **Sexuellt våld**", []),
        ("About sexual violence", "Om sexuellt våldet", []),
        ("About sexual violence", "Om våld", ["warning LANG_034"]),
        ("About sexual violence", "Om sexuella övergrepp", ["warning LANG_034"]),
        ("About violence", "Om sexuella övergrepp", []),
        ("Who was the person", "Vem var förövaren", ["warning LANG_034"]),
        ("Who was the person", "Vem var personen", []),
    ],
)
def test_terms_of_the_language_are_held_to(source: str, text: str, said: list[str]) -> None:
    assert said_of(source, text, spoken=CheckContext("sv", GLOSSARY)) == said


def test_terms_of_another_language_are_not() -> None:
    assert said_of("About sexual violence", "Om vold", spoken=CheckContext("nb", GLOSSARY)) == []


def test_adapted_text_is_let_go() -> None:
    spoken = CheckContext("sv", GLOSSARY, {LABEL: "as the law there calls it"})
    assert said_of("About sexual violence, at 45", "Om våld", spoken=spoken) == []


def test_adapted_text_is_not_let_go_of_links() -> None:
    spoken = CheckContext("sv", GLOSSARY, {LABEL: "a helpline of theirs"})
    assert said_of("Call us", "Gå till https://a.example", spoken=spoken) == ["error LANG_012"]

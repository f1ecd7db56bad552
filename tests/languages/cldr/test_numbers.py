import re
from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal

from kuule.languages.cldr.numbers import format_answer_number, format_number, format_percentage, localise_digits
from kuule.languages.gettext.po_parsing import parse_po


def test_number_is_written_as_the_language_writes_it():
    assert format_number(12345, "en") == "12,345"
    assert format_number(12345, "sv") == "12\xa0345"
    assert format_number(12345.5, "de") == "12.345,5"
    assert format_number(Decimal("0.25"), "fa") == "۰٫۲۵"


def test_answer_of_four_digits_may_be_a_year_and_stands_undivided():
    assert format_answer_number(Decimal(1998), "en") == "1998"
    assert format_answer_number(Decimal(1998), "sv") == "1998"
    assert format_answer_number(Decimal("-9999.5"), "de") == "-9999,5"
    assert format_answer_number(Decimal(10000), "en") == "10,000"
    assert format_answer_number(Decimal(1998), "fa") == "۱۹۹۸"


def test_percent_is_written_as_the_language_writes_it():
    assert format_percentage(29, "en") == "29%"
    assert format_percentage(29, "sv") == "29\xa0%"
    assert format_percentage(100, "tr") == "%100"


NOT_COUNTED = re.compile(
    r"\{\{.*?\}\}|\{[^}]*\}|https?://\S+|\b112\b|\bSHA-256\b|\bA[34]\b|\b0-9\b|\b(?:limitation-)?2026(?:-\d\d){0,2}\b"
)
"""What of a text is no number of its language: names of ours and of paper, the number that is dialled, and what is
typed as it is shown."""


@pytest.mark.slow
def test_shipped_texts_have_the_digits_of_the_numbers_beside_them():
    shipped = [path for folder in ("studies", "src") for path in Path(folder).rglob("*.po")]
    shipped = [path for path in shipped if localise_digits("0", path.stem) != "0"]  # others may write 0 to 9
    texts = {path: NOT_COUNTED.sub("", "\n".join(entry.msgstr for entry in parse_po(path))) for path in shipped}
    assert [path for path, text in texts.items() if localise_digits(text, path.stem) != text] == []
    assert any("۱۸" in text for text in texts.values())


def test_small_numbers_are_digits_alone_in_every_language_of_cldr():
    odd = [
        (tag, number)
        for tag in locale_identifiers()
        if "_" not in tag
        for number in (0, 7, 10, 42, 99)
        if format_decimal(number, locale=Locale.parse(tag), numbering_system="default") != str(number)
    ]
    assert odd == []
    assert [format_number(99, tag) for tag in ("en", "fa", "my", "sv")] == ["99", "۹۹", "၉၉", "99"]

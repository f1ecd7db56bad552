from decimal import Decimal

from kuule.languages.numbers import number, percent


def test_number_is_written_as_the_language_writes_it():
    assert number(12345, "en") == "12,345"
    assert number(12345, "sv") == "12\xa0345"
    assert number(12345.5, "de") == "12.345,5"
    assert number(Decimal("0.25"), "fa") == "۰٫۲۵"


def test_percent_is_written_as_the_language_writes_it():
    assert percent(29, "en") == "29%"
    assert percent(29, "sv") == "29\xa0%"
    assert percent(100, "tr") == "%100"

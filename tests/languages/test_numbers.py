from decimal import Decimal

from kuule.languages.numbers import answer_number, number, percent


def test_number_is_written_as_the_language_writes_it():
    assert number(12345, "en") == "12,345"
    assert number(12345, "sv") == "12\xa0345"
    assert number(12345.5, "de") == "12.345,5"
    assert number(Decimal("0.25"), "fa") == "۰٫۲۵"


def test_answer_of_four_digits_may_be_a_year_and_stands_undivided():
    assert answer_number(Decimal(1998), "en") == "1998"
    assert answer_number(Decimal(1998), "sv") == "1998"
    assert answer_number(Decimal("-9999.5"), "de") == "-9999,5"
    assert answer_number(Decimal(10000), "en") == "10,000"
    assert answer_number(Decimal(1998), "fa") == "۱۹۹۸"


def test_percent_is_written_as_the_language_writes_it():
    assert percent(29, "en") == "29%"
    assert percent(29, "sv") == "29\xa0%"
    assert percent(100, "tr") == "%100"

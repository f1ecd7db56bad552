import pytest

from kuule.languages.cldr.numbers import ascii_digits


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("42", "42"),
        ("٤٢", "42"),
        ("۴۲", "42"),
        ("४२", "42"),
        ("১২ years", "12 years"),
        ("١٢٬٣٤٥٫٦", "12345.6"),
        ("４２", "42"),
        ("²", "²"),
        ("-٧", "-7"),
        ("", ""),
    ],
)
def test_ascii_digits_of_any_script_are_those_of_english(typed, read):
    assert ascii_digits(typed) == read

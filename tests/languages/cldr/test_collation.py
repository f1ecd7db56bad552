import pytest

from kuule.languages.cldr.collation import sort_key


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("sv", ["ananas", "zebra", "åska", "ängel", "öga"]),
        ("da", ["zebra", "æble", "øl", "ål"]),
        ("de", ["Apfel", "Äpfel", "Birne", "Zug"]),
        ("es", ["nube", "ñandú", "oso"]),
        ("uk", ["гора", "ґанок", "дім", "єнот", "їжак", "яма"]),
        ("tr", ["çay", "dağ", "ırmak", "iğne", "İzmir"]),
        ("ar", ["أرمينيا", "بلجيكا", "تونس"]),
        ("en", ["New Caledonia", "New Zealand", "Newfoundland"]),
        ("ja", ["あ", "い", "う"]),
    ],
)
def test_order_is_that_of_the_language(tag, words):
    backwards = words[::-1]
    assert sorted(backwards, key=lambda word: sort_key(word, tag)) == words

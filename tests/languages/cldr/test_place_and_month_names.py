"""Cities and months as CLDR calls them."""

from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from kuule.languages.cldr.exemplar_cities import exemplar_cities
from kuule.languages.cldr.month_names import month_names
from kuule.languages.cldr.tags import locale_of


@pytest.mark.parametrize(
    ("tag", "city"), [("fi", "Tukholma"), ("ru", "Хельсинки"), ("pt-PT", "Helsínquia"), ("en", "Buenos Aires")]
)
def test_cities_are_there_also_after_babel_has_lost_them(tag, city):
    locale_of(tag)
    exemplar_cities.cache_clear()
    assert city in exemplar_cities(tag)


def test_no_zone_that_is_no_place_is_a_city():
    assert {"UTC", "Unknown", "Etc"} & set(exemplar_cities("en")) == set()


def test_a_language_that_cldr_does_not_know_has_no_cities():
    with pytest.raises(KuuleError):
        exemplar_cities("zz")


@pytest.mark.parametrize(
    ("tag", "names"),
    [
        ("fi", {"toukokuu", "toukokuuta"}),
        ("ru", {"май", "мая"}),
        ("ar", {"مايو", "أيار", "ماي", "رمضان"}),
        ("fa", {"خرداد", "مه"}),
        ("de", {"Jänner", "Januar"}),
    ],
)
def test_months_have_every_form_that_people_write(tag, names):
    assert names - month_names(tag) == set()


def test_a_language_that_cldr_does_not_know_has_no_months():
    assert month_names("zz") == frozenset()

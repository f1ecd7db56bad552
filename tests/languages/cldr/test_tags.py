from datetime import date

import pytest
from babel import localedata
from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_decimal

from kuule.core.problems import KuuleError
from kuule.languages.cldr.tags import Language, english_name, find_language, is_language_tag, locale_of, script_of


def test_language_known_names_itself_and_its_direction():
    assert find_language("sv") == Language("sv", "svenska", "Swedish", rtl=False)
    assert find_language("ar") == Language("ar", "العربية", "Arabic", rtl=True)
    assert [find_language(tag).direction for tag in ("ar", "fa", "he", "uk", "en")] == [
        "rtl",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]


@pytest.mark.parametrize("tag", ["zz", "SV", "en_US", "", "../etc", "en-XX", "sv ", "ar\u202e"])
def test_language_unknown_or_not_canonical_is_refused(tag):
    assert is_language_tag(tag) is False
    with pytest.raises(KuuleError) as raised:
        find_language(tag)
    assert [problem.code for problem in raised.value.problems] == ["LANG_001"]


@pytest.mark.parametrize("tag", ["ka", "sv", "pt-BR"])
def test_locale_has_what_is_used_of_it_and_not_the_rest(tag):
    locale = locale_of(tag)
    assert all((locale.territories["SE"], locale.languages["ar"], locale.months["format"]["wide"][11]))
    assert format_decimal(1234.5, locale=locale) != ""
    assert "2026" in format_date(date(2026, 11, 24), "long", locale=locale)
    assert "meta_zones" not in localedata.load(str(locale))
    assert get_global("territory_languages") == {}


@pytest.mark.parametrize(("tag", "likely"), [("sr", "sr_Cyrl_RS"), ("zh_TW", "zh_Hant_TW"), ("aaa", None)])
def test_likely_scripts_stay_for_languages_of_which_there_is_data(tag, likely):
    locale_of("en")
    assert get_global("likely_subtags").get(tag) == likely


@pytest.mark.parametrize(
    ("tag", "script"),
    [
        ("sv", "Latn"),
        ("pt-PT", "Latn"),
        ("ar", "Arab"),
        ("fa", "Arab"),
        ("sr", "Cyrl"),
        ("sr-Latn", "Latn"),
        ("zh", "Hans"),
        ("zh-Hant", "Hant"),
        ("ja", "Jpan"),
        ("ff-Adlm", "Adlm"),
        ("ff-Adlm-GN", "Adlm"),
        ("tlh", ""),
        ("no such tag", ""),
        ("", ""),
    ],
)
def test_script_is_the_one_of_the_tag_or_the_likely_one(tag, script):
    locale_of("en")  # from then on CLDR's data has no languages of which it knows nothing else
    assert script_of(tag) == script


def test_english_name_is_the_tag_where_nobody_knows_the_language():
    assert [english_name(tag) for tag in ("ar", "pt-PT", "tlh", "")] == ["Arabic", "Portuguese (Portugal)", "tlh", ""]

"""The names of months in a language, in every form and width that CLDR has, and those of other calendars that people
there write dates in."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from kuule.languages.cldr.tags import is_language_tag, locale_of

_VARIETIES = {"ar": ("ar_DZ", "ar_IQ", "ar_MA", "ar_SA"), "de": ("de_AT",), "sr": ("sr_Latn",), "es": ("es_MX",)}
"""Varieties whose months have other names: January is kanun ath-thani in Damascus and janvi in Algiers."""
_HIJRI = (
    *("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "ربيع الثاني", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان"),
    *("رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
)
_SOLAR = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
    *("محرم", "صفر", "رجب", "شعبان", "رمضان", "شوال"),
)
_OTHER_CALENDARS = {"ar": _HIJRI, "fa": _SOLAR}
"""Babel has the Gregorian calendar only. The names are CLDR's (calendars `islamic` and `persian`)."""


@lru_cache(maxsize=64)
def month_names(tag: str) -> frozenset[str]:
    """The names of a language's months; none for a language that CLDR does not know."""
    if not is_language_tag(tag):
        return frozenset()
    main = tag.partition("-")[0]
    locales = (locale_of(tag), *(one for name in _VARIETIES.get(main, ()) if (one := _locale(name))))
    names = {name for locale in locales for name in _gregorian(locale)}
    return frozenset(names | set(_OTHER_CALENDARS.get(main, ())))


def _locale(name: str) -> Locale | None:
    try:
        return Locale.parse(name)
    except UnknownLocaleError:
        return None


def _gregorian(locale: Locale) -> set[str]:
    wanted = [names for widths in locale.months.values() for width, names in widths.items() if width != "narrow"]
    return {name for names in wanted for name in names.values() if len(name) > 1 and not name[-1].isdigit()}

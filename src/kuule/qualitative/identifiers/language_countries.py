"""The countries whose numbers are looked for in a language: where many people who answer in it live."""

from __future__ import annotations

from kuule.qualitative.identifiers.language_data import list_language

_COUNTRIES = {
    "ar": "EG SA AE KW JO IQ LB SY PS MA DZ TN", "bg": "BG", "cs": "CZ", "da": "DK", "de": "DE AT CH LU", "el": "GR CY",
    "en": "GB IE US CA AU NZ", "es": "ES MX AR CL CO", "et": "EE", "fa": "IR AF", "fi": "FI", "fr": "FR BE CH LU CA",
    "hr": "HR BA", "hu": "HU", "is": "IS", "it": "IT CH", "lt": "LT", "lv": "LV", "nb": "NO", "nl": "NL BE", "pl": "PL",
    "pt": "PT BR", "ro": "RO MD", "ru": "RU EE LV", "sk": "SK", "sl": "SI", "sr": "RS BA ME", "sv": "SE FI", "tr": "TR",
    "uk": "UA",
}  # fmt: skip


def countries_of(language: str) -> tuple[str, ...]:
    """ISO 3166 codes, the one with the most speakers first; none for a language that is not listed."""
    return tuple(_COUNTRIES.get(list_language(language), "").split())

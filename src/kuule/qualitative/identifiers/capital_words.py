"""Words that have a capital in the middle of a sentence and are no name of anybody: days, months, languages, and what
everybody knows."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from kuule.languages.cldr.tags import is_language_tag, locale_of
from kuule.qualitative.identifiers.word_folding import fold_word

_KNOWN = """
    i ok tv pc sms id cd dvd ps usb gps dna eu usa un uk who unicef interpol internet web www url http https app
    google facebook instagram whatsapp telegram tiktok snapchat youtube twitter discord skype signal tor android
    iphone windows microsoft apple roblox minecraft wifi pdf faq csam covid
    god jesus allah bible christmas easter ramadan islam gott gud jumala dios dieu dio deus bog θεος бог бога богу
    господь аллах библия dieu jesus cristo jul joulu noel navidad pascua weihnachten ostern
    nhs dni nie nif снилс инн огрн pesel cpr bsn iban gp пасха пасху рождество paques paasiainen
    mum dad mom mummy daddy mama papa mam im ive id ill
"""
"""The last line: kin as a name, and "I'm", "I've" where the apostrophe is left out."""
_POLITE = {
    "de": "sie ihr ihnen ihre", "ru": "вы вас вам ваш", "da": "i de dem deres", "nb": "de dem deres", "it": "lei",
    "pl": "pan pani panstwo", "es": "usted ud", "uk": "ви вас вам", "bg": "вие вас", "cs": "vy vas vam",
    "sr": "vi vas vam ви вас вам", "nl": "u uw", "hu": "on onnel onei onnek one",
}  # fmt: skip
"""How one says "you" politely; folded."""


@lru_cache(maxsize=64)
def capital_words(tag: str) -> frozenset[str]:
    """All folded."""
    polite = _POLITE.get(tag.partition("-")[0], "").split()
    named = _calendar_and_languages(locale_of(tag)) if is_language_tag(tag) else set()
    return frozenset({fold_word(word) for word in (*_KNOWN.split(), *polite)} | named)


def _calendar_and_languages(locale: Locale) -> set[str]:
    contexts = (*locale.days.values(), *locale.months.values())
    words = {word for widths in contexts for word in widths["wide"].values()}
    words |= {name for tag, name in locale.languages.items() if " " not in name and len(tag) == 2}
    return {fold_word(word.rstrip(".")) for word in words}

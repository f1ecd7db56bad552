"""The alphabetical order of a language, for lists that people search by eye.

A small approximation of the Unicode Collation Algorithm (UTS 10) with CLDR's tailorings for the languages we offer:
letters with marks sort like their base letter unless the alphabet of the language counts them as letters. There is no
second level, and no contraction (such as Czech "ch") except those listed here.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгґдђѓеєѐжзѕиіїйјкљлмнњопрстћќуўфхцчџшщъыьэюя"
_ALPHABETS = {
    "sv": _LATIN + "åäö",
    "fi": _LATIN + "åäö",
    "da": _LATIN + "æøå",
    "nb": _LATIN + "æøå",
    "nn": _LATIN + "æøå",
    "no": _LATIN + "æøå",
    "is": "aábcdðeéfghiíjklmnoóprstuúvxyýþæö",
    "et": "abcdefghijklmnopqrsšzžtuvwõäöüxy",
    "lv": "aābcčdeēfgģhiījkķlļmnņoprsštuūvzž",
    "lt": "aąbcčdeęėfghiįyjklmnoprsštuųūvzž",
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "cs": "abcčdefghijklmnopqrřsštuvwxyzž",
    "sk": "aäbcčdefghijklmnoôpqrsštuvwxyzž",
    "sl": "abcčćdđefghijklmnopqrsštuvwxyzž",
    "hr": "abcčćdđefghijklmnopqrsštuvwxyzž",
    "bs": "abcčćdđefghijklmnopqrsštuvwxyzž",
    "sr-Latn": "abcčćdđefghijklmnopqrsštuvwxyzž",
    "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
    "hu": "abcdefghijklmnoöpqrstuüvwxyz",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyz",
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
}
_SPREAD = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})
_ARABIC_FORMS = str.maketrans({"أ": "ا", "إ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي"})

SortKey = tuple[tuple[tuple[int, int], ...], str]


def sort_key(text: str, tag: str) -> SortKey:
    """A key by which `text` sorts in the language `tag`. A language without a table sorts by base letters."""
    ranks = _ranks(tag)
    lowered = _lower(unicodedata.normalize("NFC", text), tag)
    weights = tuple(weight for character in lowered for weight in _weights(character, ranks))
    return weights, text


@lru_cache(maxsize=64)
def _ranks(tag: str) -> dict[str, int]:
    alphabet = _ALPHABETS.get(tag) or _ALPHABETS.get(tag.partition("-")[0])
    if alphabet is None:
        alphabet = _LATIN + _CYRILLIC
    return {letter: rank for rank, letter in enumerate(alphabet)}


def _lower(text: str, tag: str) -> str:
    if tag.partition("-")[0] in {"tr", "az"}:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()


def _weights(character: str, ranks: dict[str, int]) -> list[tuple[int, int]]:
    """(1, rank) for a letter of the alphabet, (2, code point) for a foreign one, (0, 0) between words."""
    if character in ranks:
        return [(1, ranks[character])]
    spread = unicodedata.normalize("NFD", character.translate(_SPREAD).translate(_ARABIC_FORMS))
    letters = [part for part in spread if not unicodedata.combining(part)]
    return [_weight(letter, ranks) for letter in letters if letter not in "’'ʼ‘.-\u200c"]


def _weight(letter: str, ranks: dict[str, int]) -> tuple[int, int]:
    if letter in ranks:
        return 1, ranks[letter]
    return (0, 0) if letter.isspace() else (2, ord(letter))

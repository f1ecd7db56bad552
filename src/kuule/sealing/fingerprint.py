"""A key's fingerprint in words: the same number as its digits, for people to read out and compare.

The 256 words come from the English list of SLIP-39 and differ in their first four letters. Respondents see them, so
words that can hurt (about bodies, families, violence, the law) were left out.
"""

from __future__ import annotations

FINGERPRINT_WORDS = tuple(
    """
academic aircraft airline airport album alpha amazing animal aquatic arcade artist artwork august aviation axle
beam beaver bike blanket blue bracelet branch browser building bulb bundle calcium camera campus canyon capital
carbon cards careful cargo carpet center ceramic cinema clay clock coal coastal column corner costume course
cover cradle cricket crystal cubic cylinder daisy dance desert desktop dish display dragon dream duckling earth
easel easy echo editor elbow element elephant elevator emerald envelope evening fancy fiber firefly fishing
flavor float floral fridge frost froth galaxy game garden garlic geology glasses glen glimpse goat golden gray
grill grocery guitar hamster hawk headset herald herd humidity inside island ivory jacket keyboard kitchen knit
ladle ladybug lamp language large laundry leader leaf lecture library lilac lily lizard lunar lunch lyrics
magazine marathon marvel medal memory mineral mobile morning mountain museum music mustang necklace network
nylon oasis ocean olympic orange orbit oven pacific painting pancake paper parcel peaceful peanut pencil picture
pink plains plan plastic platform playoff purple quarter quick quiet radar railroad rainbow raisin rhythm river
robin rocky romp roster round ruler safari salon salt scholar science scout scroll seafood shaped shrimp
sidewalk silver simple sled slow slush smith snapshot space spark speak spelling spray sprinkle square stadium
station step stilt story sugar sunlight sweater swimming swing tadpole taxi teammate teaspoon temple texture
theater thumb thunder ticket tidy timber timely tofu tracks traffic traveler trend tricycle trip triumph twin
umbrella upgrade upstairs velvet vintage visitor visual voice volume walnut warmth wavy welcome wildlife window
wine wireless wisdom writing year
""".split()  # noqa: SIM905 -- 256 quoted words would hide the list
)
"""In alphabetical order: the index of a word is its byte."""

WORD_COUNT = 12
"""Twelve words are 96 bits. The 30 digits have 99.7 (docs/reference/envelope.md, section 1)."""


def words_for_fingerprint(fingerprint: str) -> str:
    """Twelve words with spaces in between: the number that the digits are, modulo 2^96, one word for each byte,
    big-endian.

    Raises ValueError unless `fingerprint` is digits and spaces.
    """
    number = int(fingerprint.replace(" ", "")) % 256**WORD_COUNT
    return " ".join(FINGERPRINT_WORDS[byte] for byte in number.to_bytes(WORD_COUNT, "big"))

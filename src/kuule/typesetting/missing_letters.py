"""Letters that no font here has, which the typesetter refuses where a PDF has to be accessible."""

from __future__ import annotations

import re
import unicodedata

_NO_FONT_MESSAGE = re.compile(r'the text `"(.+?)"` could not be displayed')
"""The message of Typst if a PDF has to be accessible and no font has a letter."""
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MAX_LETTERS_NAMED = 12
_UNSETTABLE = dict.fromkeys((0, 0xFEFF, 0xFFFE, 0xFFFF))
"""The byte order mark, which editors leave at the beginning of a file, and code points that are no characters: PDF/UA
refuses them, and no font has them."""
_EMOJI = range(0x1F000, 0x20000)


def without_unsettable(value: object) -> object:
    """The same data without characters that cannot be set."""
    if isinstance(value, str):
        return value.translate(_UNSETTABLE)
    if isinstance(value, dict):
        return {name: without_unsettable(one) for name, one in value.items()}
    return [without_unsettable(one) for one in value] if isinstance(value, list | tuple) else value


def missing_letters(diagnostic: str) -> str:
    """The letters that the typesetter found in no font, each once; "" if its complaint is about something else."""
    said = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(_NO_FONT_MESSAGE.findall(diagnostic)))
    return "".join(dict.fromkeys(said))


def missing_letters_cause(letters: str) -> str:
    """Which letters no font here has, as the cause of a problem."""
    some = " ".join(
        letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in letters[:_MAX_LETTERS_NAMED]
    )
    return f"no font on this machine has {some}{' …' if len(letters) > _MAX_LETTERS_NAMED else ''}"


def missing_letters_remedy(letters: str) -> str:
    """The packages that bring a font for them."""
    # A joiner is in the font of the letters that it joins.
    seen = [letter for letter in letters if unicodedata.category(letter) != "Cf"] or letters
    packages = " ".join(sorted(set(map(_package, seen))))
    return f"install one (on Debian and Ubuntu: sudo apt install {packages})"


def _package(letter: str) -> str:
    """The package that is likely to have a font for a letter."""
    if ord(letter) in _EMOJI:
        return "fonts-noto-color-emoji"  # before the next: an emoji is as wide as an East Asian letter
    return "fonts-noto-cjk" if unicodedata.east_asian_width(letter) in "WF" else "fonts-noto-core"

"""Which of our lists are for a language: its own, or those of the language that it is a variety of."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

_ROOT = files("kuule.qualitative.identifiers")
_SAME = {"no": "nb", "nn": "nb", "prs": "fa"}
NAME_LISTS, LANGUAGE_WORDS = "name_lists", "language_words"


@lru_cache(maxsize=256)
def list_language(tag: str) -> str:
    """The language whose lists are read for a tag: `pt` for `pt-PT`; "" where there are none."""
    main = tag.replace("_", "-").partition("-")[0]
    return next((one for one in (tag, main, _SAME.get(main, "")) if one in listed_languages()), "")


@lru_cache(maxsize=1)
def listed_languages() -> frozenset[str]:
    """The languages with words of their own."""
    return frozenset(one.name.removesuffix(".csv") for one in (_ROOT / LANGUAGE_WORDS).iterdir())


def read_rows(folder: str, language: str) -> Iterator[tuple[str, str]]:
    """The rows of a language's file: kind and words. Nothing where there is no such file."""
    path = _ROOT / folder / f"{language}.csv"
    if language and path.is_file():
        rows = csv.reader(path.read_text("utf-8").splitlines())
        next(rows)
        yield from ((kind, words) for kind, words in rows)

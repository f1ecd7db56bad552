"""Texts of a study within a script, so that no name of an answer or title can end a literal and begin a command."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from textwrap import fill

_WIDTH = 88

_MARKDOWN = re.compile(r"([!-/:-@\[-_{-~])")
_COMMENT_SIGNS = re.compile(r"(?<=[/*])(?=[/*])")


def quoted_text(text: str) -> str:
    """A literal of R and of Python, whose escapes are those of JSON."""
    return json.dumps(_printable(text), ensure_ascii=False)


def quoted_names(names: Iterable[str]) -> str:
    """Literals with commas between, on lines of a width that can be read."""
    return fill(", ".join(map(quoted_text, names)), _WIDTH, subsequent_indent="    ", break_on_hyphens=False)


def variable_list(names: Iterable[str]) -> str:
    """Names of variables for Stata, with its sign where a command goes on in the next line."""
    return fill(" ".join(names), _WIDTH).replace("\n", " ///\n    ")


def comment_text(text: str) -> str:
    """A text for a comment: on one line, without what begins or ends a comment in Stata, or what is worked out there
    even within one."""
    return _COMMENT_SIGNS.sub(" ", " ".join(_printable(text).split()).replace("`", "'").replace("$", ""))


def markdown_text(text: str) -> str:
    """A text for a Quarto document, in which nothing is markup and nothing is run."""
    return _MARKDOWN.sub(r"\\\1", comment_text(text))


def _printable(text: str) -> str:
    return "".join(" " if _is_control(char) else char for char in text)


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zl", "Zp")

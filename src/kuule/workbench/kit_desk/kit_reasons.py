"""Why there is no kit, or only a draft of one, in words for people who cannot mend it."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from kuule.core.problems import Problem
from kuule.workbench.member_words.saying import has_words, say, say_semicolon


def why_not(problems: Iterable[Problem]) -> Markup:
    """In words for people who cannot mend it, each once."""
    return escape(say_semicolon()).join(dict.fromkeys(_reason(one.code) for one in problems))


def _reason(code: str) -> Markup:
    """What a problem keeps from being made, or makes a draft, by its code."""
    name = f"why_{code.lower()}"
    return say(name if has_words(name) else "why_something_else")

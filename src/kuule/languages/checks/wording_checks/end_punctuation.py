"""A translation ends like its source: a question like a question in its language, a sentence like a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Severity
from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.finding import Finding
from kuule.languages.terminology.word_matching import words_in
from kuule.languages.workflow.entries import Entry

CODE = "LANG_036"

_QUESTION = {
    "ar": "؟",
    "fa": "؟",
    "ur": "؟",
    "ps": "؟",
    "ckb": "؟",
    "el": ";\u037e",
    "am": "፧",
    "hy": "՞",
    "zh": "？",
    "ja": "？",
}
"""The question mark of a language, if it is not the Latin one. U+037E is the Greek one in an older encoding."""
_OPENING = {"es": "¿", "ast": "¿"}
_WITHOUT = frozenset({"th", "lo", "km", "my", "ja", "zh", "hy"})
"""Languages whose sentences end without a mark, or whose question mark is inside the sentence."""
_CLOSING = frozenset("\"'’”“»«„)]*_\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
_STOPS = ".。।۔።…!！"
_SENTENCE = 4


def check(entry: Entry, spoken: CheckContext) -> Iterator[Finding]:
    """Question marks, and full stops of sentences of four words or more. Warnings."""
    language = spoken.language.partition("-")[0]
    source, text = _without_closing(entry.source), _without_closing(entry.text)
    asked = _QUESTION.get(language, "?")
    if source.endswith("?"):
        if text and text[-1] not in asked and language not in _WITHOUT:
            yield _warning(f"its source is a question, and it does not end in {asked[0]}", f"end it with {asked[0]}")
        elif language in _OPENING and _OPENING[language] not in text:
            yield _warning(f"the question begins without {_OPENING[language]}", f"put {_OPENING[language]} before it")
    elif text.endswith(("?", "؟")):
        yield _warning("it is a question, and its source is none", "say it as the source does")
    elif _is_sentence(source) and text and text[-1] not in _STOPS and language not in _WITHOUT:
        yield _warning("its source is a sentence, and it ends without a full stop", "end it as a sentence ends")


def _without_closing(text: str) -> str:
    end = len(text)
    while end and (text[end - 1] in _CLOSING or text[end - 1].isspace()):
        end -= 1
    return text[:end]


def _is_sentence(text: str) -> bool:
    return text.endswith(".") and len(words_in(text)) >= _SENTENCE


def _warning(cause: str, remedy: str) -> Finding:
    return Finding(cause, remedy, Severity.WARNING)

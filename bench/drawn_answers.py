"""Draws an answer of somebody who does not exist, for any type of question, from what the type says about itself."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from kuule.forms.types.question_type import QuestionType

_WORDS = ("to", "be", "heard", "and", "a", "law", "that", "holds", "somebody", "who", "asks", "in", "time")


def draw_answer(
    asked: QuestionType, choices: Sequence[str], chance: random.Random, weights: Mapping[str, float] | None = None
) -> str:
    """A stored value that a question of this type can have. `choices` are the values of its list; `weights` say how
    likely each is, and without them all are equally likely. Of several choices, one or two are drawn. The bounds of a
    range are ignored, because they belong to the question and not to its type."""
    if choices and asked.is_multiple:
        drawn = {_choice(choices, chance, weights) for _ in range(chance.randint(1, 2))}
        return " ".join(one for one in choices if one in drawn)
    if choices and asked.has_choices:
        return _choice(choices, chance, weights)
    if asked.is_text:
        return " ".join(chance.choices(_WORDS, k=chance.randrange(3, 20)))
    if values := asked.possible_values((), most_combined=0):
        return values[-1]
    day = f"{chance.randrange(1950, 2026)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    written = (str(chance.randrange(18, 80)), day, f"{day}T07:30:00.000", asked.stored_example)
    return next(stored for stored in map(asked.to_stored_form, written) if stored)


def _choice(choices: Sequence[str], chance: random.Random, weights: Mapping[str, float] | None) -> str:
    shares = [weights.get(code, 0) if weights else 1 for code in choices]
    return chance.choices(choices, shares if any(shares) else None)[0]

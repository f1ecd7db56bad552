"""What is chosen: one, several, an order, a tick."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from babel.lists import format_list

from kuule.collector.pages.displays.type_display import TypeDisplay
from kuule.collector.served.served_editions import ServedLanguage
from kuule.forms.model.choices import NO_MEDIA, Choice
from kuule.forms.navigation.page import Question
from kuule.forms.types.violations import Violation, ViolationKind
from kuule.languages.cldr.tags import locale_of

LONG_LIST = 12
"""A list of more choices is a plain select: a thumb need not pass 200 countries."""
_LISTED = frozenset({"minimal", "autocomplete", "search"})


class SelectOneDisplay(TypeDisplay):
    def component(self, question: Question, choices: Sequence[Choice]) -> str:
        listed = len(choices) > LONG_LIST or question.appearance & _LISTED
        return "list" if listed and not _has_media(choices) else "select_one"


class SelectManyDisplay(TypeDisplay):
    def limits(self, question: Question, choices: Sequence[Choice], tongue: ServedLanguage) -> str:
        return tongue.interface.say("choose_many")


class RankDisplay(TypeDisplay):
    def limits(self, question: Question, choices: Sequence[Choice], tongue: ServedLanguage) -> str:
        return tongue.interface.say("rank_some")

    def violation_text(self, question: Question, violation: Violation, tongue: ServedLanguage) -> str:
        """Which answers stand in several places, by name; or that a place before a filled one is empty."""
        if violation.kind is not ViolationKind.RANK:
            return super().violation_text(question, violation, tongue)
        given = Counter(value for value in question.typed if value)
        twice = [choice.label for choice in question.choices if given[choice.value] > 1]
        if not twice:
            return tongue.interface.say("unfit_rank")
        return tongue.interface.say(
            "unfit_rank_twice", answers=format_list(twice, "unit", locale_of(tongue.language.tag))
        )


class AcknowledgeDisplay(TypeDisplay):
    def in_words(self, answer: str, tongue: ServedLanguage) -> str:
        return tongue.interface.say("acknowledge")


def _has_media(choices: Sequence[Choice]) -> bool:
    """Whether a drop-down list would leave something out: it shows words alone."""
    return any(choice.media is not NO_MEDIA for choice in choices)

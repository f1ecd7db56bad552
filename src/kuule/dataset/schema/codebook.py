"""The codebook: what each column asks and what each code means, in every language, from the forms as they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise

from kuule.dataset.schema.routing import deciding_items_in_conditions
from kuule.dataset.schema.variable_types import variable_type
from kuule.forms.model.controls import Control
from kuule.forms.types.type_registry import question_type
from kuule.tables.missing import RESERVED_CHOICES
from kuule.tables.wording import AskedIn, ItemWording, Wording

CODES_CONTROL = "codes"
"""The control of an item whose answers are codes that a team gave to what people wrote."""
_CONTROLS = frozenset(str(control) for control in Control)


@dataclass(frozen=True, slots=True)
class CodebookItem:
    """One item. `labels` is the question by language, `answers` the labels of its codes by language; both are plain
    text.

    `asked_when` is the condition, in XPath, under which it is asked, with the conditions of the groups around it (""
    means always). `rests_on` names the items whose answers decide it, or is None in a dataset of an earlier version.
    `quotes_answer` says that its label quotes an earlier answer, in whose place an ellipsis is; False in a dataset of
    an earlier version, which did not note it.
    `adapted` maps language to what says something else there on purpose (its label, its hint, … or a code) and why.

    `question` is the name that it has in the form: versions of one question share it, and `version` numbers those
    before the newest, from 1. `editions` asked it, oldest first. `pooled` maps an edition whose words are counted
    together with older ones to the reason, and `wordings` each edition in which the question read otherwise to those
    words. `retranslated` are languages in which words changed although those of the source did not.
    """

    name: str
    path: str
    control: str
    list_name: str
    choices: tuple[str, ...]
    multiple: bool
    ordered: bool
    sensitive: bool
    open_text: bool
    repeats: tuple[str, ...]
    editions: tuple[str, ...]
    asked_when: str
    columns: Mapping[str, str]
    labels: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]
    adapted: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rests_on: tuple[str, ...] | None = None
    quotes_answer: bool = False
    question: str = ""
    version: int = 0
    pooled: Mapping[str, str] = field(default_factory=dict)
    wordings: Mapping[str, str] = field(default_factory=dict)
    retranslated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodebookCut:
    """A group of study.toml: which answers to `question` each member has. With `rest`, a member has all others."""

    name: str
    question: str
    members: Mapping[str, tuple[str, ...]]
    rest: str
    titles: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class CodebookSection:
    """Items of one top-level group that stand together, in the order of the form, without those that let people in, to
    which everyone gave the same answer. `labels` is the group's label by language, empty if it has none."""

    labels: Mapping[str, str]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """The codebook. `titles` and `organisations` are the study's, by language; `sections` have the items that can be
    counted; `editions` are those of the dataset, oldest first."""

    source_language: str
    titles: Mapping[str, str]
    organisations: Mapping[str, str]
    items: Mapping[str, CodebookItem]
    cuts: Mapping[str, CodebookCut]
    sections: tuple[CodebookSection, ...] = ()
    editions: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.titles)

    @property
    def rests_on(self) -> Mapping[str, tuple[str, ...]]:
        """For each item, the items whose answers decide whether it is asked."""
        conditions = ((item.name, item.asked_when) for item in self.items.values())
        of_conditions = deciding_items_in_conditions(
            dict(conditions), {item.path: item.name for item in self.items.values()}
        )
        return {
            item.name: of_conditions[item.name] if item.rests_on is None else item.rests_on
            for item in self.items.values()
        }

    @property
    def versions(self) -> Mapping[str, tuple[str, frozenset[str]]]:
        """For each version of a question that has several: the name of the question, and the editions that asked it."""
        several = Counter(item.question for item in self.items.values() if item.question)
        return {
            item.name: (item.question, frozenset(item.editions))
            for item in self.items.values()
            if several[item.question] > 1
        }

    def edition_numbers(self, item: CodebookItem) -> tuple[int, ...]:
        """Which editions asked an item, from 1; () where all did."""
        if set(item.editions) >= set(self.editions):
            return ()
        return tuple(number for number, edition in enumerate(self.editions, 1) if edition in item.editions)

    def asked_in_text(self, item: CodebookItem) -> str:
        """The same as a text: `2 3 of 3`, or `all`."""
        numbers = self.edition_numbers(item)
        return f"{' '.join(map(str, numbers))} of {len(self.editions)}" if numbers else "all"

    def wording(self, tag: str) -> Wording:
        """The words of all items and groups in one language, or in the source language where it lacks one. Raises
        KeyError."""
        if tag not in self.titles:
            raise KeyError(tag)
        return Wording(
            language=tag,
            title=self.titles[tag],
            organisation=self.organisations[tag],
            items={
                item.name: ItemWording(
                    item.name,
                    item.labels[tag],
                    item.answers[tag],
                    item.sensitive,
                    item.ordered,
                    item.multiple,
                    item.quotes_answer,
                    self._asked_in(item),
                )
                for item in self.items.values()
                if is_countable(item)
            },
            cuts={cut.name: (cut.titles[tag], cut.labels[tag]) for cut in self.cuts.values()},
            sections=tuple((section.labels.get(tag, ""), section.items) for section in self.sections),
            ordered_cuts=frozenset(name for name, cut in self.cuts.items() if self._is_ordered(cut)),
        )

    def _asked_in(self, item: CodebookItem) -> AskedIn | None:
        numbers = self.edition_numbers(item)
        return AskedIn(numbers, len(self.editions), item.name in self.versions) if numbers else None

    def _is_ordered(self, cut: CodebookCut) -> bool:
        """Whether the members of a cut follow each other on a scale, as bands of age do."""
        item = self.items.get(cut.question)
        if item is None or not item.ordered:
            return False
        named = {value for values in cut.members.values() for value in values}
        left = tuple(code for code in item.choices if code not in named and code not in RESERVED_CHOICES)
        places = [
            [item.choices.index(code) for code in (left if name == cut.rest else values) if code in item.choices]
            for name, values in cut.members.items()
        ]
        return all(before and after and max(before) < min(after) for before, after in pairwise(places))

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def is_countable(item: CodebookItem) -> bool:
    """Whether a table can be made of an item: it has choices, bands or a tick, and is in the responses themselves; or
    its answers are codes."""
    if item.control == CODES_CONTROL:
        return True
    if item.repeats or item.control not in _CONTROLS:
        return False
    return question_type(Control(item.control)).is_countable and bool(item.choices or variable_type(item.control).codes)

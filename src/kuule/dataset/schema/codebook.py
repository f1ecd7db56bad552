"""The codebook: what each column asks and what each code means, in every language, from the forms as they were."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import groupby, pairwise

from kuule.dataset.schema.columns import DatasetVariable
from kuule.dataset.schema.routing import deciding_items, deciding_items_in_conditions
from kuule.dataset.schema.variable_types import variable_type
from kuule.forms.compile.form import Form
from kuule.forms.compile.items import Item
from kuule.forms.model.controls import Control
from kuule.forms.model.text_keys import choice_text_key, form_text_key
from kuule.forms.types.type_registry import question_type
from kuule.languages.markup.markdown import inline_html
from kuule.study.edition.study_edition import Edition
from kuule.study.settings.adaptations import adaptations_in_language
from kuule.study.settings.study_toml import Study
from kuule.tables.missing import RESERVED_CHOICES
from kuule.tables.wording import ItemWording, Wording

_TextsByLanguage = Mapping[str, Mapping[str, str]]
_TAG = re.compile(r"<[^>]+>")
_OUTPUT = re.compile(r"\$\{[^{}]*\}")

_CONTROLS = frozenset(str(control) for control in Control)


@dataclass(frozen=True, slots=True)
class CodebookItem:
    """One item. `labels` is the question by language, `answers` the labels of its codes by language; both are plain
    text.

    `asked_when` is the condition, in XPath, under which it is asked, with the conditions of the groups around it (""
    means always). `rests_on` names the items whose answers decide it, or is None in a dataset of an earlier version.
    `quotes_answer` says that its label quotes an earlier answer, in whose place an ellipsis is; False in a dataset of
    an earlier version, which did not note it.
    `adapted` maps language to what says something else there on purpose (`label`, `hint`, … or a code) and why.
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
    counted."""

    source_language: str
    titles: Mapping[str, str]
    organisations: Mapping[str, str]
    items: Mapping[str, CodebookItem]
    cuts: Mapping[str, CodebookCut]
    sections: tuple[CodebookSection, ...] = ()

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
                )
                for item in self.items.values()
                if is_countable(item)
            },
            cuts={cut.name: (cut.titles[tag], cut.labels[tag]) for cut in self.cuts.values()},
            sections=tuple((section.labels.get(tag, ""), section.items) for section in self.sections),
            ordered_cuts=frozenset(name for name, cut in self.cuts.items() if self._is_ordered(cut)),
        )

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
    """Whether a table can be made of an item: it has choices, bands or a tick, and is in the responses themselves."""
    if item.repeats or item.control not in _CONTROLS:
        return False
    return question_type(Control(item.control)).is_countable and bool(item.choices or variable_type(item.control).codes)


def make_codebook(editions: Sequence[Edition], variables: Sequence[DatasetVariable]) -> Codebook:
    """The codebook of a dataset. Where editions differ, the words of the newest count, which is the last of
    `editions`."""
    newest = editions[-1]
    study = newest.study
    texts = {tag: newest.texts(tag) for tag in newest.languages}
    by_edition = {each.id: {tag: _texts(each, tag) for tag in newest.languages} for each in editions}
    before = deciding_items(variables, editions)
    items = {
        variable.name: replace(_item(variable, editions, study, by_edition), rests_on=before[variable.name])
        for variable in variables
    }
    return Codebook(
        source_language=study.source_language,
        titles={tag: plain_label(own.get("study:title", study.title)) for tag, own in texts.items()},
        organisations={
            tag: plain_label(own.get("study:organisation", study.organisation)) for tag, own in texts.items()
        },
        items=items,
        cuts={name: _cut(name, study, texts) for name in study.groups},
        sections=tuple(_sections(items.values(), newest, texts)),
    )


def _sections(
    items: Iterable[CodebookItem], edition: Edition, texts: Mapping[str, Mapping[str, str]]
) -> Iterator[CodebookSection]:
    """The sections of the newest edition. Items that only an earlier one has are where they were."""
    gates = {gate.question for gate in edition.study.gates.values()}
    shown = (item for item in items if is_countable(item) and item.name not in gates)
    for section, those in groupby(shown, key=lambda item: "/".join(item.path.split("/")[:3])):
        labels = {tag: plain_label(own.get(form_text_key(section, "label"), "")) for tag, own in texts.items()}
        named = tuple(item for item in those)
        inside = any(item.path != section for item in named)
        yield CodebookSection(labels if inside and any(labels.values()) else {}, tuple(item.name for item in named))


def _item(
    variable: DatasetVariable, editions: Sequence[Edition], study: Study, texts: Mapping[str, _TextsByLanguage]
) -> CodebookItem:
    """One item. `texts` has those of each edition, by its id and by language."""
    edition = next(each for each in reversed(editions) if each.id == variable.editions[-1])
    steps = variable.path.split("/")
    around = ("/".join(steps[:end]) for end in range(2, len(steps) + 1))
    conditions = [edition.form.relevant[path].text.strip() for path in around if path in edition.form.relevant]
    item = edition.form.item(variable.path)
    label = "" if item is None else item.text_keys.get("label", "")
    having = [each for each in editions if each.id in variable.editions]
    languages = editions[-1].languages
    type_ = variable_type(variable.control)
    codes = variable.choices or type_.codes
    return CodebookItem(
        name=variable.name,
        path=variable.path,
        control="calculation" if variable.control is None else str(variable.control),
        list_name=variable.list_name,
        choices=variable.choices,
        multiple=variable.multiple,
        ordered=variable.list_name in study.answers.ordered or type_.is_banded or type_.is_ordered,
        sensitive=variable.name in study.answers.sensitive,
        open_text=variable.open_text,
        repeats=variable.repeats,
        editions=variable.editions,
        asked_when=" and ".join(conditions if len(conditions) < 2 else (f"({each})" for each in conditions)),
        columns={name: str(kind) for name, kind in variable.schema().items()},
        labels={tag: plain_label(own.get(label, "")) or variable.name for tag, own in texts[edition.id].items()},
        answers={
            tag: _answers(variable.path, codes, [(each.form, texts[each.id][tag]) for each in having])
            for tag in languages
        },
        adapted=_adapted(variable, item, edition.study),
        quotes_answer=any(_OUTPUT.search(own.get(label, "")) for own in texts[edition.id].values()),
    )


def _adapted(variable: DatasetVariable, item: Item | None, study: Study) -> Mapping[str, Mapping[str, str]]:
    """Language to part or code to reason, for the texts of one item."""
    parts = {} if item is None else {key: part for part, key in item.text_keys.items()}
    parts |= {choice_text_key(variable.list_name, code): code for code in variable.choices}
    found = {tag: adaptations_in_language(study.adaptations, tag) for tag in study.languages}
    return {
        tag: {part: reasons[key] for key, part in parts.items() if key in reasons}
        for tag, reasons in found.items()
        if any(key in reasons for key in parts)
    }


def _texts(edition: Edition, tag: str) -> Mapping[str, str]:
    return edition.texts(tag if tag in edition.languages else edition.study.source_language)


def _answers(path: str, codes: Sequence[str], editions: Sequence[tuple[Form, Mapping[str, str]]]) -> Mapping[str, str]:
    """The label of each code of an item in one language, from the newest edition that offers it. `editions` has the
    form of each, and its texts in that language."""
    labels = {code: code for code in codes}
    for form, texts in editions:
        item = form.item(path)
        if item is None:
            continue
        for choice in item.choices:
            labels[choice.value] = plain_label(
                texts.get(choice_text_key(item.list_name or "", choice.value), choice.label)
            )
    return labels


def _cut(name: str, study: Study, texts: Mapping[str, Mapping[str, str]]) -> CodebookCut:
    group = study.groups[name]
    return CodebookCut(
        name=name,
        question=group.question,
        members={member.name: member.values for member in group.members},
        rest=next((member.name for member in group.members if member.rest), ""),
        titles={tag: str(own.get(f"study:groups/{name}:title", group.title)) for tag, own in texts.items()},
        labels={
            tag: {
                member.name: str(own.get(f"study:groups/{name}/{member.name}:title", member.title))
                for member in group.members
            }
            for tag, own in texts.items()
        },
    )


def plain_label(text: str) -> str:
    """A label without Markdown. An earlier answer inside it becomes an ellipsis, because it differed from person to
    person."""
    return html.unescape(_TAG.sub("", inline_html(_OUTPUT.sub("…", text)))).strip()

"""Makes the codebook of a dataset, from the forms and texts of its editions."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from kuule.dataset.schema.codebook import Codebook, CodebookCut, CodebookItem, CodebookSection, is_countable
from kuule.dataset.schema.columns import DatasetVariable
from kuule.dataset.schema.item_versions import conditions_of
from kuule.dataset.schema.routing import deciding_items
from kuule.dataset.schema.variable_types import variable_type
from kuule.forms.model.text_keys import choice_text_key, form_text_key
from kuule.languages.markup.markdown import inline_html
from kuule.study.settings.adaptations import adaptations_in_language
from kuule.study.settings.study_toml import Study

if TYPE_CHECKING:
    from kuule.forms.compile.form import Form
    from kuule.forms.compile.items import Item
    from kuule.study.edition.study_edition import Edition

_TextsByLanguage = Mapping[str, Mapping[str, str]]
_TAG = re.compile(r"<[^>]+>")
_OUTPUT = re.compile(r"\$\{[^{}]*\}")


def make_codebook(editions: Sequence[Edition], variables: Sequence[DatasetVariable]) -> Codebook:
    """The codebook of a dataset. Where editions differ, the words of the newest count, which is the last of
    `editions`. Questions that ask for leave to quote have no column and so no entry."""
    variables = [variable for variable in variables if not variable.gives_leave]
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
        editions=tuple(each.id for each in editions),
    )


def _sections(
    items: Iterable[CodebookItem], edition: Edition, texts: Mapping[str, Mapping[str, str]]
) -> Iterator[CodebookSection]:
    """The sections of the newest edition. Items that only an earlier one has are where they were."""
    gates = {gate.question for gate in edition.study.gates.values()}
    shown = (item for item in items if is_countable(item) and item.question not in gates)
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
    conditions = conditions_of(edition.form, variable.path)
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
        sensitive=variable.question in study.answers.sensitive,
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
        question=variable.question,
        version=variable.version,
        pooled=_pooled(variable, having),
        wordings=_wordings(variable, having, label),
        retranslated=tuple(tag for tag in languages if _is_retranslated(variable, having, tag)),
    )


def _pooled(variable: DatasetVariable, having: Sequence[Edition]) -> Mapping[str, str]:
    """Edition to reason, where its study counts the item together with other words of earlier editions."""
    name = variable.path.rpartition("/")[2]
    stated = ((each.id, each.study.pooled.get(name)) for each in having)
    return {edition: pooled.why for edition, pooled in stated if pooled is not None}


def _wordings(variable: DatasetVariable, having: Sequence[Edition], label: str) -> Mapping[str, str]:
    """Edition to the question as it read there, in the study's language, where that is not how it reads now."""
    said = {each.id: plain_label(each.translations[each.study.source_language].get(label, "")) for each in having}
    return {edition: text for edition, text in said.items() if text != said[variable.editions[-1]]}


def _is_retranslated(variable: DatasetVariable, having: Sequence[Edition], tag: str) -> bool:
    """Whether words of the item changed between editions in a language that is not the study's own."""
    known = [each for each in having if tag in each.languages and tag != each.study.source_language]
    found = {tuple(sorted(_own_texts(each, variable, tag).items())) for each in known}
    return len(found) > 1


def _own_texts(edition: Edition, variable: DatasetVariable, tag: str) -> Mapping[str, str]:
    item, own = edition.form.item(variable.path), edition.translations[tag]
    keys = () if item is None else tuple(item.text_keys.values())
    keys += tuple(choice_text_key(variable.list_name, code) for code in variable.choices)
    return {key: " ".join(own[key].split()) for key in keys if key in own}


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

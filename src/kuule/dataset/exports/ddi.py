"""The codebook as DDI-Codebook 2.5 (https://ddialliance.org/ddi-codebook): what was asked of whom in every language,
what each number of the data file means, and the form's own code for it. It has no counts, because those may only leave
through disclosure control. A label is given in a language only if it is in that language; Kuule's own words are
English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from kuule.dataset.exports.asked_conditions import condition_in_names
from kuule.dataset.exports.csv_files import write_csv
from kuule.dataset.exports.export_tables import ExportTable
from kuule.dataset.exports.export_variables.export_columns import (
    MISSING_LABELS,
    MISSING_NUMBERS,
    YES_NO,
    ColumnKind,
    ExportColumn,
)
from kuule.dataset.exports.export_variables.numeric_table import named_numbers
from kuule.dataset.exports.format_writer import MAX_NAME_LENGTH, ExportFolder, FormatWriter
from kuule.dataset.schema.codebook import CodebookItem
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.dataset.schema.variable_types import variable_type

NAMESPACE = "ddi:codebook:2_5"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PRACTICE = "PRACTICE: people who do not exist answered. "
_NAMESPACES: dict[Any, str] = {None: NAMESPACE}
"""DDI is the namespace without a prefix. lxml calls that None, which its stubs do not know."""
_FORMATS = {
    ColumnKind.CODE: {"type": "numeric"},
    ColumnKind.NUMBER: {"type": "numeric"},
    ColumnKind.DATE: {"type": "character", "category": "date"},
    ColumnKind.TEXT: {"type": "character"},
}
"""Dates are text in CSV: 2001-02-03."""
_OWN_LANGUAGE = "en"
"""The language of Kuule's own words."""
_NOT_VALID = {"UNITS": "INT", "min": str(min(MISSING_NUMBERS.values())), "max": str(max(MISSING_NUMBERS.values()))}
_SEVERAL, _RANK = {"type": "multipleResp"}, {"type": "other", "otherType": "rank"}
"""What the variables of one question are together."""
_Part = etree._Element | str | Mapping[str, str]
_Files = Mapping[str, tuple[Sequence[ExportColumn], Mapping[str, str]]]


def write_ddi(dataset: Dataset, files: _Files, path: Path) -> None:
    """Write the codebook of the data files, given by name, each with its columns and their names in the file."""
    book = _e("codeBook", {"version": "2.5", _LANG: dataset.info.source_language})
    book.append(_e("docDscr", _citation(dataset, "Codebook of ")))
    book.append(_study(dataset))
    for number, (name, (columns, _)) in enumerate(files.items(), 1):
        size = _e("dimensns", _e("varQnty", str(len(columns))))
        book.append(
            _e(
                "fileDscr",
                {"ID": f"F{number}"},
                _e("fileTxt", _e("fileName", name), size, _e("fileType", "CSV, UTF-8")),
            )
        )
    data = _e("dataDscr")
    described = [(f"F{number}", *each) for number, each in enumerate(files.values(), 1)]
    for file, columns, _ in described:
        data.extend(_groups(dataset, columns, file))
    for file, columns, names in described:
        data.extend(_variables(dataset, columns, names, file))
    book.append(data)
    path.write_bytes(etree.tostring(book, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _write_table(folder: ExportFolder, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
    """The numbers that the codebook describes, under the names that they have for SPSS."""
    numbers, names = named_numbers(table.frame, columns, MAX_NAME_LENGTH)
    path = folder.file(table.name, "csv")
    write_csv(numbers.frame.rename(names), path)
    folder.note_file(path, numbers.columns, names, table.frame.height)


def _write_codebook(folder: ExportFolder) -> None:
    write_ddi(folder.dataset, folder.files, folder.file("codebook", "xml"))


DDI = FormatWriter(_write_table, write_codebook=_write_codebook)


def _citation(dataset: Dataset, before: str = "") -> etree._Element:
    info, book = dataset.info, dataset.codebook
    before = (_PRACTICE if info.rehearsal else "") + before
    titles = [_e("titl", {_LANG: info.source_language}, before + book.titles[info.source_language])]
    titles += [_e("parTitl", {_LANG: tag}, title) for tag, title in book.titles.items() if tag != info.source_language]
    return _e(
        "citation",
        _e("titlStmt", *titles, _e("IDNo", {"agency": "Kuule"}, info.version)),
        _e("rspStmt", _e("AuthEnty", {_LANG: info.source_language}, book.organisations[info.source_language])),
        _e("verStmt", _e("version", info.version)),
    )


def _study(dataset: Dataset) -> etree._Element:
    info = dataset.info
    sentences = [
        "Anonymous web survey of people who chose to take part; no sample was drawn.",
        f"Offered in {len(info.languages)} languages: {', '.join(info.languages)}.",
        f"Editions of the questionnaire: {', '.join(info.editions)}.",
    ]
    collected = _e(
        "dataColl",
        _e("sampProc", "Self-selected: shares say nothing about a population."),
        _e("collMode", "Self-administered questionnaire on the web, answers sealed at once"),
        _e("weight", "None: nothing is weighted."),
        _e("cleanOps", _cleaned(dataset)),
    )
    return _e(
        "stdyDscr",
        _citation(dataset),
        _e(
            "stdyInfo",
            _e("abstract", " ".join(sentences)),
            _e("sumDscr", _e("anlyUnit", "Person"), _e("universe", _universe(dataset)), _e("dataKind", "Survey data")),
        ),
        _e("method", collected),
        _e(
            "dataAccs",
            _e("useStmt", _e("restrctn", "Confidential: whoever holds the data can read it. Not for publication.")),
        ),
    )


def _universe(dataset: Dataset) -> str:
    least = dataset.study.minimum_age
    return f"People of {least} years or more who chose to answer" if least else "People who chose to answer"


def _cleaned(dataset: Dataset) -> str:
    rules = dataset.study.cleaning.rules
    if not rules:
        return "No rules of cleaning."
    return f"No response is deleted. The variable cleaning names the rules that set one aside: {', '.join(rules)}."


def _groups(dataset: Dataset, columns: Sequence[ExportColumn], file: str) -> Iterator[etree._Element]:
    """The variables of each section of the form, and those of each question that has several."""
    book, of_item = dataset.codebook, dict[str, list[str]]()
    for number, column in enumerate(columns, 1):
        if column.item is not None:
            of_item.setdefault(column.item.name, []).append(f"{file}V{number}")
    number = 0
    for section in book.sections:
        if section.labels and (inside := [each for name in section.items for each in of_item.get(name, ())]):
            number += 1
            labels = (_e("labl", {_LANG: tag}, label) for tag, label in section.labels.items() if label)
            yield _e("varGrp", {"ID": f"{file}G{number}", "type": "section", "var": " ".join(inside)}, *labels)
    for name, those in of_item.items():
        item = book.items[name]
        if item.multiple:
            number += 1
            kind = _RANK if variable_type(item.control).is_ranking else _SEVERAL
            group = {"ID": f"{file}G{number}", **kind, "var": " ".join(those), "name": name}
            yield _e("varGrp", group, *(_e("labl", {_LANG: tag}, item.labels[tag]) for tag in book.languages))


def _variables(
    dataset: Dataset, columns: Sequence[ExportColumn], names: Mapping[str, str], file: str
) -> Iterator[etree._Element]:
    languages = dataset.codebook.languages
    for number, column in enumerate(columns, 1):
        variable = _e("var", {"ID": f"{file}V{number}", "name": names[column.source], "files": file, **_kind(column)})
        variable.extend(_labels(column.label, _label_languages(column, dataset)))
        item = column.item
        if item is not None:
            variable.extend(_e("qstn", {_LANG: tag}, _e("qstnLit", item.labels[tag])) for tag in languages)
        if column.reasons:
            variable.append(_e("invalrng", _e("range", _NOT_VALID)))
        if item is not None and (asked := _asked(item, dataset, names)):
            variable.append(_e("universe", {"clusion": "I", _LANG: _OWN_LANGUAGE}, asked))
        variable.extend(_category(str(value), column, answer, languages) for answer, value in column.codes.items())
        variable.extend(_reasons(column, languages))
        variable.append(_e("varFormat", _FORMATS[column.kind]))
        yield variable


def _kind(column: ExportColumn) -> dict[str, str]:
    if column.kind is ColumnKind.CODE:
        return {"intrvl": "discrete", "nature": "ordinal" if column.ordered else "nominal"}
    return {"intrvl": "discrete" if column.kind is ColumnKind.TEXT else "contin"}


def _label_languages(column: ExportColumn, dataset: Dataset) -> Sequence[str]:
    """The languages in which a column has a label."""
    if column.item is None:
        return (_OWN_LANGUAGE,)
    return (dataset.info.source_language,) if column.about else dataset.codebook.languages


def _asked(item: CodebookItem, dataset: Dataset, names: Mapping[str, str]) -> str:
    """Who could have been asked an item, as a sentence; "" if everybody was."""
    book = dataset.codebook
    editions = f"Edition {book.asked_in_text(item)} of the questionnaire." if book.edition_numbers(item) else ""
    together = [f"Counted together with the words of earlier editions: {why}" for why in item.pooled.values()]
    asked = f"Asked where {condition_in_names(item, book.items.values(), names)}" if item.asked_when else ""
    return " ".join(filter(None, (editions, *together, asked)))


def _labels(said: Callable[[str], str], languages: Iterable[str]) -> Iterator[etree._Element]:
    return (_e("labl", {_LANG: tag}, said(tag)) for tag in languages)


def _category(value: str, column: ExportColumn, answer: str, languages: Sequence[str]) -> etree._Element:
    if column.codes == YES_NO:
        label = _e("labl", {_LANG: _OWN_LANGUAGE}, column.answer_label(answer, _OWN_LANGUAGE))
        return _e("catgry", _e("catValu", value), label)
    labels = _labels(lambda tag: column.answer_label(answer, tag), languages)
    return _e("catgry", _e("catValu", value), *labels, _e("txt", answer))


def _reasons(column: ExportColumn, languages: Sequence[str]) -> Iterator[etree._Element]:
    for reason in column.reasons:
        number = _e("catValu", str(MISSING_NUMBERS[reason]))
        if column.is_form_answer(reason):
            labels = [_e("labl", {_LANG: tag}, column.reason_label(reason, tag)) for tag in languages]
        else:
            labels = [_e("labl", {_LANG: _OWN_LANGUAGE}, MISSING_LABELS[reason])]
        yield _e("catgry", {"missing": "Y"}, number, *labels, _e("txt", str(reason)))


def _e(name: str, *parts: _Part) -> etree._Element:
    """An element with its attributes, its text and the elements inside it."""
    element = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap=_NAMESPACES)
    for part in parts:
        if isinstance(part, str):
            element.text = _NOT_IN_XML.sub(" ", part)
        elif isinstance(part, Mapping):
            for key, value in part.items():
                element.set(key, value)
        else:
            element.append(part)
    return element

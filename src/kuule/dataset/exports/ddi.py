"""The codebook as DDI-Codebook 2.5 (https://ddialliance.org/ddi-codebook): what was asked of whom in every language,
and what each number of the data file means. It has no counts: those leave through the disclosure door."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from kuule.dataset.exports.columns import MISSING_NUMBERS, Column, Kind
from kuule.dataset.read import Dataset

NAMESPACE = "ddi:codebook:2_5"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PRACTICE = "PRACTICE: people who do not exist answered. "
_NAMESPACES: dict[Any, str] = {None: NAMESPACE}
"""DDI is the namespace without a prefix, which lxml calls None and its stubs do not know."""
_FORMATS = {
    Kind.CODE: {"type": "numeric"},
    Kind.NUMBER: {"type": "numeric"},
    Kind.DATE: {"type": "character", "category": "date"},
    Kind.TEXT: {"type": "character"},
}
"""Dates are text in CSV: 2001-02-03."""
_Part = etree._Element | str | Mapping[str, str]
_Files = Mapping[str, tuple[Sequence[Column], Mapping[str, str]]]


def write_ddi(dataset: Dataset, files: _Files, path: Path) -> None:
    """Write the codebook of the data files: by name, their columns and what each is called there."""
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
    for number, (columns, names) in enumerate(files.values(), 1):
        data.extend(_variables(dataset, columns, names, f"F{number}"))
    book.append(data)
    path.write_bytes(etree.tostring(book, xml_declaration=True, encoding="UTF-8", pretty_print=True))


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
    told = [
        "Anonymous web survey of people who chose to take part; no sample was drawn.",
        f"Offered in {len(info.languages)} languages: {', '.join(info.languages)}.",
        f"Editions of the questionnaire: {', '.join(info.editions)}.",
    ]
    collected = _e(
        "dataColl",
        _e("sampProc", "Self-selected: shares say nothing about a population."),
        _e("collMode", "Self-administered questionnaire on the web, answers sealed at once"),
    )
    return _e(
        "stdyDscr",
        _citation(dataset),
        _e(
            "stdyInfo",
            _e("abstract", " ".join(told)),
            _e("sumDscr", _e("anlyUnit", "Person"), _e("universe", _universe(dataset)), _e("dataKind", "Survey data")),
        ),
        _e("method", collected),
        _e(
            "dataAccs",
            _e("useStmt", _e("restrctn", "Confidential: whoever holds the data can read it. Not for publication.")),
        ),
    )


def _universe(dataset: Dataset) -> str:
    return f"People of {dataset.study.minimum_age} years or more who chose to answer"


def _variables(
    dataset: Dataset, columns: Sequence[Column], names: Mapping[str, str], file: str
) -> Iterator[etree._Element]:
    languages = dataset.codebook.languages
    for number, column in enumerate(columns, 1):
        discrete = "discrete" if column.kind is Kind.CODE else "contin"
        variable = _e(
            "var", {"ID": f"{file}V{number}", "name": names[column.source], "files": file, "intrvl": discrete}
        )
        variable.extend(_e("labl", {_LANG: tag}, column.label(tag)) for tag in languages)
        item = column.item
        if item is not None:
            variable.extend(_e("qstn", {_LANG: tag}, _e("qstnLit", item.labels[tag])) for tag in languages)
            if item.asked_when:
                variable.append(_e("universe", {"clusion": "I"}, f"Asked where {item.asked_when}"))
        variable.extend(_category(str(value), column, answer, languages) for answer, value in column.codes.items())
        variable.extend(_reasons(column, languages))
        variable.append(_e("varFormat", _FORMATS[column.kind]))
        yield variable


def _category(value: str, column: Column, answer: str, languages: Sequence[str]) -> etree._Element:
    labels = (_e("labl", {_LANG: tag}, column.answer_label(answer, tag)) for tag in languages)
    return _e("catgry", _e("catValu", value), *labels)


def _reasons(column: Column, languages: Sequence[str]) -> Iterator[etree._Element]:
    for reason in column.reasons:
        labels = (_e("labl", {_LANG: tag}, column.reason_label(reason, tag)) for tag in languages)
        yield _e("catgry", {"missing": "Y"}, _e("catValu", str(MISSING_NUMBERS[reason])), *labels)


def _e(name: str, *parts: _Part) -> etree._Element:
    """An element with its attributes, its text and the elements within."""
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

"""LimeSurvey's structure as XML (`.lss`), of versions 2 to 6. Entities are not expanded and nothing is fetched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from kuule.study_import.form_readers.limesurvey_form import limesurvey_form
from kuule.study_import.form_readers.limesurvey_survey import LimeAnswer, LimeGroup, LimeQuestion, LimeSurvey
from kuule.study_import.import_files import broken_file, other_kind, read_imported_file
from kuule.study_import.imported_form import ImportedForm
from kuule.study_import.not_taken import Reason

_REMEDY = "in LimeSurvey: Export, Survey structure (.lss)"
LimeRow = Mapping[str, str]
_YES = frozenset({"Y", "S"})


def read_limesurvey_xml(path: Path, *, language: str = "") -> ImportedForm:
    """Read the file. `language` is the tag of the base language, if LimeSurvey's own code is not understood.

    Raises FormImportError IMPORT_001, IMPORT_003, IMPORT_005 (not whole) and IMPORT_006 (no survey).
    """
    root = _root(read_imported_file(path), path.name)
    return limesurvey_form(_Tables(root).survey(), path.name, language=language)


def _root(content: bytes, file: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise broken_file(f"{file}, line {error.lineno or 1}", f"it is not whole: {error.msg}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise broken_file(file, "it has a document type, which LimeSurvey does not write")
    kind = (root.findtext("LimeSurveyDocType") or "").strip()
    if root.tag != "document" or not kind:
        raise other_kind(file, "it is no export of LimeSurvey", _REMEDY)
    if kind != "Survey":
        raise other_kind(file, f"it has a {kind.lower()} of LimeSurvey and no survey", _REMEDY)
    return root


class _Tables:
    """The tables of the export. From version 4 on, texts stand in tables of their own, which end in `_l10ns`."""

    def __init__(self, root: etree._Element) -> None:
        self._tables = {str(table.tag): _rows_of(table) for table in root if isinstance(table.tag, str)}
        self._indexes: dict[tuple[str, str], dict[str, list[LimeRow]]] = {}
        self._languages = [(one.text or "").strip() for one in root.iterfind("languages/language")]

    def survey(self) -> LimeSurvey:
        survey = next(iter(self._rows("surveys")), {})
        base = survey.get("language") or next(iter(self._languages), "")
        others = [*survey.get("additional_languages", "").split(), *self._languages]
        languages = tuple(dict.fromkeys(one for one in (base, *others) if one))
        said = self._rows("surveys_languagesettings")
        titles = {one.get("surveyls_language", ""): one.get("surveyls_title", "") for one in said}
        return LimeSurvey(titles, languages, tuple(self._groups(base)), tuple(self._extras(base)))

    def _rows(self, table: str) -> list[LimeRow]:
        return self._tables.get(table, [])

    def _with(self, table: str, column: str, row: LimeRow) -> list[LimeRow]:
        """The rows of a table that have in a column what this row has there."""
        if (table, column) not in self._indexes:
            index: dict[str, list[LimeRow]] = {}
            for one in self._rows(table):
                index.setdefault(one.get(column, ""), []).append(one)
            self._indexes[table, column] = index
        return self._indexes[table, column].get(row.get(column, ""), [])

    def _texts(self, row: LimeRow, column: str, *, key: str, table: str, base: str) -> dict[str, str]:
        """A text in each language: from the table of texts, or from the rows of each language in older files."""
        own = self._with(f"{table}_l10ns", key, row)
        if not own:
            names = {"group": ("groups",), "question": ("questions", "subquestions"), "answer": ("answers",)}[table]
            identity = ("code", "scale_id") if table == "answer" else ()
            own = [
                one
                for name in names
                for one in self._with(name, key, row)
                if all(one.get(part, "0") == row.get(part, "0") for part in identity)
            ]
        return {one.get("language", "") or base: one[column] for one in own if one.get(column)}

    def _groups(self, base: str) -> list[LimeGroup]:
        groups = []
        for row in _each_once(self._rows("groups"), "gid", "group_order"):
            asked = [one for one in self._with("questions", "gid", row) if one.get("parent_qid", "0") in {"", "0"}]
            questions = [self._question(one, base) for one in _each_once(asked, "qid", "question_order")]
            groups.append(
                LimeGroup(
                    self._texts(row, "group_name", key="gid", table="group", base=base),
                    self._texts(row, "description", key="gid", table="group", base=base),
                    tuple(questions),
                    row.get("grelevance", ""),
                    bool(row.get("randomization_group")),
                )
            )
        return groups

    def _question(self, row: LimeRow, base: str) -> LimeQuestion:
        number = row.get("qid", "")
        attributes = {
            one.get("attribute", ""): one.get("value", "")
            for one in self._with("question_attributes", "qid", row)
            if one.get("value") and one.get("language", "") in {"", base}
        }
        if row.get("preg"):
            attributes["preg"] = row["preg"]
        return LimeQuestion(
            number,
            row.get("title", ""),
            row.get("type", ""),
            self._texts(row, "question", key="qid", table="question", base=base),
            help=self._texts(row, "help", key="qid", table="question", base=base),
            mandatory=row.get("mandatory", "") in _YES,
            other=row.get("other", "") == "Y",
            relevance=row.get("relevance", ""),
            attributes=attributes,
            subquestions=tuple(self._subquestions(number, base)),
            answers=tuple(self._answers(number, base)),
        )

    def _subquestions(self, number: str, base: str) -> list[LimeAnswer]:
        asked = {"parent_qid": number}
        own = [*self._with("subquestions", "parent_qid", asked), *self._with("questions", "parent_qid", asked)]
        return [
            LimeAnswer(
                one.get("title", ""),
                self._texts(one, "question", key="qid", table="question", base=base),
                _scale(one),
                one.get("relevance", ""),
                one.get("qid", ""),
            )
            for one in _each_once(own, "qid", "question_order")
        ]

    def _answers(self, number: str, base: str) -> list[LimeAnswer]:
        own = self._with("answers", "qid", {"qid": number})
        found = []
        for one in _each_once(own, "scale_id code", "sortorder"):
            key = "aid" if one.get("aid") and self._rows("answer_l10ns") else "qid"
            found.append(
                LimeAnswer(
                    one.get("code", ""),
                    self._texts(one, "answer", key=key, table="answer", base=base),
                    _scale(one),
                )
            )
        return found

    def _extras(self, base: str) -> list[tuple[str, str, Reason]]:
        found = [("quotas", one.get("name", ""), Reason.QUOTA) for one in _each_once(self._rows("quota"), "id", "id")]
        found += [
            ("assessments", one.get("name", ""), Reason.SCORE)
            for one in self._rows("assessments")
            if one.get("language", base) == base
        ]
        for one in self._rows("surveys_languagesettings"):
            if one.get("surveyls_language", base) == base:
                found += [
                    (f"survey settings, {name}", one[column], Reason.SETTING)
                    for column, name in (("surveyls_welcometext", "welcome text"), ("surveyls_endtext", "end text"))
                    if one.get(column)
                ]
        return found


def _rows_of(table: etree._Element) -> list[LimeRow]:
    return [
        {str(cell.tag): cell.text or "" for cell in row if isinstance(cell.tag, str)}
        for row in table.iterfind("rows/row")
    ]


def _each_once(rows: list[LimeRow], identity: str, order: str) -> list[LimeRow]:
    """The first row of each identity (older files have one for each language), in their order."""
    found: dict[tuple[str, ...], LimeRow] = {}
    for row in rows:
        found.setdefault(tuple(row.get(part, "") for part in identity.split()), row)
    return sorted(found.values(), key=lambda row: _number(row.get(order, "")))


def _scale(row: LimeRow) -> int:
    return 1 if row.get("scale_id") == "1" else 0


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

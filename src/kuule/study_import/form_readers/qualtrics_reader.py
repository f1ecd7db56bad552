"""A survey of Qualtrics (`.qsf`, JSON): the flow gives the order, each block is a section."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kuule.study_import.conditions import Condition, conjunction_of
from kuule.study_import.form_readers.json_values import as_list, as_map, as_text
from kuule.study_import.form_readers.qualtrics_logic import DisplayLogic
from kuule.study_import.form_readers.qualtrics_questions import QualtricsQuestion, QuestionItems
from kuule.study_import.html_text import TextCleaner
from kuule.study_import.import_files import broken_file, decoded_text, other_kind, read_imported_file
from kuule.study_import.imported_form import (
    LABEL,
    ImportedForm,
    ImportedGroup,
    ImportedItem,
    without_empty_groups,
)
from kuule.study_import.languages_meant import language_meant
from kuule.study_import.list_register import ListRegister
from kuule.study_import.not_taken import NotTakenNotes, Reason

PROGRAM = "a survey of Qualtrics"
_PIPING = re.compile(r"\$\{[^{}]*\}")
_REMEDY = "in Qualtrics: Tools, Import/Export, Export survey (.qsf)"
_LEFT_FLOWS: Mapping[str, tuple[str, Reason]] = {
    "EmbeddedData": ("embedded data", Reason.IDENTITY),
    "Authenticator": ("a sign-in", Reason.IDENTITY),
    "EndSurvey": ("an end of the survey for some", Reason.FLOW),
    "WebService": ("a request to another site", Reason.SCRIPT),
    "Conjoint": ("a conjoint", Reason.TYPE),
    "TableOfContents": ("a table of contents", Reason.FLOW),
    "ReferenceSurvey": ("another survey", Reason.FILE),
    "SupplementalData": ("supplemental data", Reason.FILE),
    "QuotaCheck": ("a quota", Reason.QUOTA),
}
_SHUFFLED = frozenset({"BlockRandomizer", "Randomizer"})
_BLOCKS = frozenset({"Block", "Standard"})
_MAX_DEPTH = 30


def read_qualtrics_survey(path: Path, *, language: str = "") -> ImportedForm:
    """Read the file. `language` is the tag of its texts, if Qualtrics' own code is not understood.

    Raises FormImportError IMPORT_001, IMPORT_003 to IMPORT_005, and IMPORT_006 (no survey, or of another
    version).
    """
    text = decoded_text(read_imported_file(path), path.name)
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise broken_file(f"{path.name}, line {error.lineno}", f"it is not whole: {error.msg}") from None
    except (RecursionError, ValueError):
        raise broken_file(path.name, "it is nested deeper than any survey, or has a number that is too long") from None
    return _SurveyReader(_survey(content, path.name), path.name, language).form()


def _survey(content: object, file: str) -> Mapping[str, Any]:
    survey = as_map(content)
    if not as_map(survey.get("SurveyEntry")) or not isinstance(survey.get("SurveyElements"), list):
        raise other_kind(file, "it has no SurveyEntry with SurveyElements, as surveys of Qualtrics have", _REMEDY)
    kinds = {as_text(as_map(one).get("Element")) for one in survey["SurveyElements"]}
    missing = sorted({"BL", "SQ"} - kinds)
    if missing:
        cause = f"it has no element {', '.join(missing)}, so it has no questions, or is of a version that is not read"
        raise other_kind(file, cause, _REMEDY)
    return survey


class _SurveyReader:
    def __init__(self, survey: Mapping[str, Any], file: str, language: str) -> None:
        self._file = file
        self._notes = NotTakenNotes()
        self._lists = ListRegister()
        elements = [as_map(one) for one in as_list(survey["SurveyElements"])]
        self._title = as_text(as_map(survey["SurveyEntry"]).get("SurveyName"))
        self._language = (
            language or language_meant(as_text(as_map(survey["SurveyEntry"]).get("SurveyLanguage"))) or "en"
        )
        self._blocks = _blocks([one for one in elements if one.get("Element") == "BL"])
        self._flow = next((as_map(one.get("Payload")) for one in elements if one.get("Element") == "FL"), {})
        payloads = [
            (as_text(one.get("PrimaryAttribute")), as_map(one.get("Payload")))
            for one in elements
            if one.get("Element") == "SQ"
        ]
        self._tags = self._meant_tags(payloads)
        cleaner = TextCleaner(_PIPING, self._notes)
        read = [QualtricsQuestion(number, payload) for number, payload in payloads]
        self._items = {one.number: QuestionItems(one, self._tags, cleaner, self._lists, self._notes) for one in read}
        self._logic = DisplayLogic({one.number: one for one in read}, self._notes)
        self._cleaner = cleaner
        for one in elements:
            if one.get("Element") == "QO":
                self._notes.add("quotas", as_text(as_map(one.get("Payload")).get("Name")), Reason.QUOTA)

    def form(self) -> ImportedForm:
        used: list[str] = []
        members = list(self._of_flow(as_list(self._flow.get("Flow")), None, used, 0))
        for number, block in self._blocks.items():
            if not self._flow and block.get("Type") != "Trash":
                members.append(self._section(number, None, used))
            elif number not in used and block.get("Type") != "Trash":
                self._notes.add(f"block {as_text(block.get('Description'))}", "no flow leads to it", Reason.FLOW)
        source, *others = dict.fromkeys(self._tags.values())
        return ImportedForm(
            PROGRAM,
            self._cleaner.plain_text(self._title, "survey name"),
            source,
            tuple(others),
            without_empty_groups(tuple(members)),
            self._lists.lists(),
            self._notes.entries(),
        )

    def _meant_tags(self, payloads: list[tuple[str, Mapping[str, Any]]]) -> dict[str, str]:
        """The tag of each language of the file by Qualtrics' code, that of the survey under ""."""
        tags = {"": self._language}
        for code in dict.fromkeys(code for _, payload in payloads for code in as_map(payload.get("Language"))):
            tag = language_meant(code)
            if tag and tag not in tags.values():
                tags[code] = tag
            elif tag != self._language:
                self._notes.add("languages", code, Reason.LANGUAGE)
        return tags

    def _of_flow(
        self, flow: list[Any], condition: Condition | None, used: list[str], depth: int
    ) -> Iterator[ImportedItem]:
        """The sections of a part of the flow, with the conditions of the branches around it."""
        for step in map(as_map, flow if depth < _MAX_DEPTH else []):
            kind, number = as_text(step.get("Type")), as_text(step.get("ID"))
            inside = as_list(step.get("Flow"))
            if kind in _BLOCKS and number in self._blocks:
                if number in used:
                    self._notes.add(
                        f"flow, {as_text(step.get('FlowID'))}", f"block {number} a second time", Reason.FLOW
                    )
                else:
                    yield self._section(number, condition, used)
            elif kind == "Branch":
                place = f"branch {as_text(step.get('FlowID'))}"
                own = self._logic.condition(as_map(step.get("BranchLogic")), place)
                yield from self._of_flow(inside, conjunction_of(condition, own), used, depth + 1)
            elif kind in _LEFT_FLOWS:
                what, reason = _LEFT_FLOWS[kind]
                self._notes.add(f"flow, {as_text(step.get('FlowID'))}", what, reason)
                yield from self._of_flow(inside, condition, used, depth + 1)
            else:
                if kind in _SHUFFLED:
                    self._notes.add(
                        f"flow, {as_text(step.get('FlowID'))}", "the order of blocks is drawn", Reason.ORDER
                    )
                yield from self._of_flow(inside, condition, used, depth + 1)

    def _section(self, number: str, condition: Condition | None, used: list[str]) -> ImportedGroup:
        used.append(number)
        block = self._blocks[number]
        name = as_text(block.get("Description")) or number
        place = f"block {name} ({number})"
        options = as_map(block.get("Options"))
        if as_text(options.get("Looping")) not in {"", "None"}:
            self._notes.add(place, "loop and merge", Reason.FLOW, remedy="write a repeat (begin_repeat) in the form")
        if as_text(options.get("RandomizeQuestions")) not in {"", "false"}:
            self._notes.add(place, "the order of questions is drawn", Reason.ORDER)
        pages: list[list[ImportedItem]] = [[]]
        breaks = False
        for element in map(as_map, as_list(block.get("BlockElements"))):
            if element.get("Type") == "Page Break":
                breaks = True
                pages.append([])
            elif as_text(element.get("QuestionID")) in self._items:
                pages[-1] += self._question(as_text(element.get("QuestionID")))
        # A block without page breaks would be one page, which may be twenty questions on a phone.
        members = self._in_pages(pages, place) if breaks else pages[0]
        title = {LABEL: {self._language: self._cleaner.plain_text(name, place) or number}}
        return ImportedGroup(f"block_{name}", place, tuple(members), texts=title, condition=condition)

    def _question(self, number: str) -> list[ImportedItem]:
        """The items of a question: one, or a group of several."""
        asked = self._items[number]
        condition = self._logic.condition(asked.question.display_logic, asked.place)
        items = asked.items()
        if len(items) == 1:
            return [replace(items[0], condition=conjunction_of(condition, items[0].condition))]
        if not items:
            return []
        cells = {"appearance": "field-list"}
        return [
            ImportedGroup(
                f"page_{asked.question.code}", f"{asked.place}, page", tuple(items), condition=condition, cells=cells
            )
        ]

    def _in_pages(self, pages: list[list[ImportedItem]], place: str) -> list[ImportedItem]:
        """What stands between two page breaks as one page; a page in it gives its items and its condition to it."""
        found: list[ImportedItem] = []
        for number, items in enumerate(pages, 1):
            if len(items) < 2:
                found += items
                continue
            flat: list[ImportedItem] = []
            for one in items:
                if isinstance(one, ImportedGroup):
                    flat += [
                        replace(part, condition=conjunction_of(one.condition, part.condition)) for part in one.members
                    ]
                else:
                    flat.append(one)
            cells = {"appearance": "field-list"}
            found.append(ImportedGroup(f"page_{flat[0].code}", f"{place}, page {number}", tuple(flat), cells=cells))
        return found


def _blocks(elements: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Blocks by their ids. Older files have a list of them, newer ones an object."""
    found: dict[str, Mapping[str, Any]] = {}
    for element in elements:
        payload = element.get("Payload")
        for one in payload.values() if isinstance(payload, dict) else as_list(payload):
            block = as_map(one)
            if block.get("ID"):
                found[as_text(block["ID"])] = block
    return found

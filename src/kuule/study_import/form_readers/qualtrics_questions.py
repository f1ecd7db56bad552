"""Questions of Qualtrics by their types, as the items of one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kuule.study_import.conditions import AnswerComparison
from kuule.study_import.form_readers.json_values import as_list, as_map, as_text
from kuule.study_import.html_text import TextCleaner
from kuule.study_import.imported_form import LABEL, ImportedChoice, ImportedQuestion, Texts
from kuule.study_import.list_register import ListRegister
from kuule.study_import.not_taken import NotTakenNotes, Reason

_ONE = frozenset({"SAVR", "SAHR", "SACOL", "DL", "SB", "NPS"})
_MANY = frozenset({"MAVR", "MAHR", "MACOL", "MSB"})
_NOT_ASKED: Mapping[str, Reason] = {
    "FileUpload": Reason.UPLOAD,
    "Draw": Reason.UPLOAD,
    "Signature": Reason.UPLOAD,
    "Captcha": Reason.SCRIPT,
    "Timing": Reason.MOMENT,
    "Meta": Reason.MOMENT,
    "GAP": Reason.TYPE,
    "CS": Reason.TYPE,
    "DD": Reason.TYPE,
    "SBS": Reason.TYPE,
    "HeatMap": Reason.MEDIA,
    "HotSpot": Reason.MEDIA,
    "HL": Reason.TYPE,
    "PGR": Reason.TYPE,
    "TreeTesting": Reason.TYPE,
}
_IDENTIFYING = frozenset({"ValidEmail", "ValidPhone", "ValidZip", "ValidUSState"})
_NUMBERS = {"ValidNumber": "decimal", "ValidDate": "date"}
_RANDOM = frozenset({"All", "Subset", "Advanced"})


class QualtricsQuestion:
    """One question as the file has it, with what conditions have to know of it: `values` are its answers' values by
    their numbers in the file, `rows` the codes of a matrix's rows."""

    def __init__(self, number: str, payload: Mapping[str, Any]) -> None:
        self.number, self.payload = number, payload
        self.code = as_text(payload.get("DataExportTag")) or number
        self.kind, self.selector = as_text(payload.get("QuestionType")), as_text(payload.get("Selector"))
        self.is_matrix = self.kind == "Matrix"
        answers = "Answers" if self.is_matrix else "Choices"
        self.answers = _in_order(payload, answers, "AnswerOrder" if self.is_matrix else "ChoiceOrder")
        self.values = self._values()
        self.rows: dict[str, str] = {}
        self.row_texts: dict[str, Mapping[str, Any]] = {}
        if self.kind in {"Matrix", "Slider"}:
            self.row_texts = _in_order(payload, "Choices", "ChoiceOrder")
            tags = as_map(payload.get("ChoiceDataExportTags"))
            self.rows = {key: as_text(tags.get(key)) or f"{self.code}_{key}" for key in self.row_texts}
        self.display_logic = as_map(payload.get("DisplayLogic"))

    def _values(self) -> dict[str, str]:
        """The recoded values, if each is there once; else the numbers of the file."""
        recoded = as_map(self.payload.get("RecodeValues"))
        values = {key: as_text(recoded.get(key)).strip() or key for key in self.answers}
        usable = len(set(values.values())) == len(values) and not any(" " in one for one in values.values())
        return values if usable else {key: key for key in self.answers}


def _in_order(payload: Mapping[str, Any], name: str, order: str) -> dict[str, Mapping[str, Any]]:
    """Answers or rows by their numbers, in the order in which they are shown."""
    written = payload.get(name)
    found = written if isinstance(written, dict) else {str(at): one for at, one in enumerate(as_list(written), 1)}
    keys = [as_text(one) for one in as_list(payload.get(order))]
    ordered = [key for key in dict.fromkeys(keys) if key in found]
    return {str(key): as_map(found[key]) for key in [*ordered, *(one for one in found if one not in ordered)]}


class QuestionItems:
    """Makes the items of one question. `tags` are the languages by Qualtrics' codes, that of the survey under ""."""

    def __init__(
        self,
        question: QualtricsQuestion,
        tags: Mapping[str, str],
        cleaner: TextCleaner,
        lists: ListRegister,
        notes: NotTakenNotes,
    ) -> None:
        self.question, self.place = question, f"question {question.code}"
        self._tags, self._cleaner, self._lists, self._notes = tags, cleaner, lists, notes
        self._payload = question.payload

    def items(self) -> list[ImportedQuestion]:
        """One item, or several of one page; none if the question is not taken."""
        question = self.question
        settings = as_map(as_map(self._payload.get("Validation")).get("Settings"))
        content = as_text(settings.get("ContentType"))
        reason = _NOT_ASKED.get(question.kind) or (_NOT_ASKED.get(question.selector) if question.kind == "SS" else None)
        if content in _IDENTIFYING:
            reason = Reason.IDENTITY
        if reason is not None:
            self._notes.add(self.place, self._described(), reason)
            return []
        made = self._made(settings)
        if not made:
            self._notes.add(self.place, self._described(), Reason.TYPE)
            return []
        self._note_settings(settings)
        return made

    def _described(self) -> str:
        question = self.question
        text = self._cleaner.plain_text(as_text(self._payload.get("QuestionText")), self.place)
        return f"{text} ({question.kind} {question.selector})"

    def _note_settings(self, settings: Mapping[str, Any]) -> None:
        if as_text(settings.get("ForceResponse")) in {"ON", "RequestResponse"}:
            self._notes.add(self.place, f"ForceResponse {as_text(settings.get('ForceResponse'))}", Reason.REQUIRED)
        if as_text(self._payload.get("QuestionJS")).strip():
            self._notes.add(self.place, "JavaScript of the question", Reason.SCRIPT)
        if self._payload.get("SkipLogic"):
            self._notes.add(self.place, "skip logic", Reason.FLOW)
        kind = as_text(settings.get("Type"))
        if kind not in {"", "None", "ContentType", "MinChar", "MaxChar", "TotChar"}:
            self._notes.add(self.place, f"validation {kind}", Reason.EXPRESSION)
        for name in ("DynamicChoices", "CarryForward"):
            if self._payload.get(name):
                self._notes.add(self.place, "answers carried forward", Reason.PIPING)

    def _made(self, settings: Mapping[str, Any]) -> list[ImportedQuestion]:
        match self.question.kind:
            case "MC":
                return self._choices()
            case "Matrix" if self.question.selector in {"Likert", "Bipolar"}:
                return self._matrix()
            case "TE":
                return self._text_entry(settings)
            case "DB" if self.question.selector in {"TB", "PTB"}:
                return [self._main("note")]
            case "Slider":
                return self._sliders()
            case "RO":
                return [self._main("rank", list_name=self._list_name())]
        return []

    def _choices(self) -> list[ImportedQuestion]:
        kind = "select_one" if self.question.selector in _ONE else "select_multiple"
        if self.question.selector not in _ONE | _MANY or not self.question.answers:
            return []
        order = as_text(as_map(self._payload.get("Randomization")).get("Type"))
        cells = {"parameters": "randomize=true"} if order in _RANDOM else {}
        cells |= {"appearance": "minimal"} if self.question.selector == "DL" else {}
        items = [self._main(kind, list_name=self._list_name(), cells=cells)]
        for key, answer in self.question.answers.items():
            if as_text(answer.get("TextEntry")) in {"true", "on"}:
                value = self.question.values[key]
                items.append(
                    ImportedQuestion(
                        f"{self.question.code}_{value}_text",
                        "text",
                        f"{self.place}, text of answer {value}",
                        {LABEL: self._choice_texts(key, "Choices", answer)},
                        condition=AnswerComparison(self.question.code, "=", value),
                    )
                )
        return items

    def _matrix(self) -> list[ImportedQuestion]:
        several = as_text(self._payload.get("SubSelector")) == "MultipleAnswer"
        if as_text(self._payload.get("SubSelector")) not in {"SingleAnswer", "MultipleAnswer", "DL", ""}:
            return []
        if not self.question.answers or not self.question.rows:
            return []
        name = self._list_name()
        kind = "select_multiple" if several else "select_one"
        cells = {"appearance": "list-nolabel"}
        return [self._main("note"), *(self._row(key, kind, list_name=name, cells=cells) for key in self.question.rows)]

    def _text_entry(self, settings: Mapping[str, Any]) -> list[ImportedQuestion]:
        if self.question.selector not in {"SL", "ML", "ESTB"}:
            return []
        kind = _NUMBERS.get(as_text(settings.get("ContentType")), "text")
        if kind != "text":
            return [self._main(kind)]
        return [self._main("text", cells={} if self.question.selector == "SL" else {"appearance": "multiline"})]

    def _sliders(self) -> list[ImportedQuestion]:
        config = as_map(self._payload.get("Configuration"))
        low, high = as_text(config.get("CSSliderMin")) or "0", as_text(config.get("CSSliderMax")) or "100"
        stars = as_text(config.get("StarCount"))
        if self.question.selector == "STAR" and stars.isdigit():
            low, high = "1", stars
        if not (low.isdigit() and high.isdigit() and int(low) < int(high)):
            return []
        cells = {"parameters": f"start={low} end={high} step=1"}
        return [self._main("note"), *(self._row(key, "range", cells=cells) for key in self.question.rows)]

    def _main(self, kind: str, *, list_name: str = "", cells: Mapping[str, str] | None = None) -> ImportedQuestion:
        texts = self._texts("QuestionText", self._payload.get("QuestionText"), self.place)
        return ImportedQuestion(self.question.code, kind, self.place, {LABEL: texts}, list_name, cells=cells or {})

    def _row(self, key: str, kind: str, *, cells: Mapping[str, str], list_name: str = "") -> ImportedQuestion:
        text = self._choice_texts(key, "Choices", self.question.row_texts[key])
        place = f"{self.place}, row {key}"
        return ImportedQuestion(self.question.rows[key], kind, place, {LABEL: text}, list_name, cells=cells)

    def _list_name(self) -> str:
        of = "Answers" if self.question.is_matrix else "Choices"
        choices = [
            ImportedChoice(self.question.values[key], self._choice_texts(key, of, answer))
            for key, answer in self.question.answers.items()
        ]
        return self._lists.name_of(choices, self.question.code)

    def _choice_texts(self, key: str, of: str, answer: Mapping[str, Any]) -> Texts:
        place = f"{self.place}, {key}"
        texts: dict[str, str] = {}
        for code, tag in self._tags.items():
            said = answer if not code else as_map(as_map(self._said_in(code).get(of)).get(key))
            text = self._cleaner.plain_text(as_text(said.get("Display")), place)
            if text:
                texts[tag] = text
        return texts

    def _texts(self, name: str, written: object, place: str) -> Texts:
        texts: dict[str, str] = {}
        for code, tag in self._tags.items():
            said = written if not code else self._said_in(code).get(name)
            text = self._cleaner.plain_text(as_text(said), place)
            if text:
                texts[tag] = text
        return texts

    def _said_in(self, code: str) -> Mapping[str, Any]:
        return as_map(as_map(self._payload.get("Language")).get(code))

"""The texts of the questionnaire that a lead can change at this desk: those that are in a cell of their own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kuule.languages.workflow.entries import SourceText
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.errands.errand_process import errand_turn, run_errand_process
from kuule.workbench.study_desk.disk_trouble import disk_trouble
from kuule.workbench.study_desk.form_files import read_present_form, replace_form
from kuule.workbench.study_desk.study_orders import STUDY_ERRANDS, StudyErrand
from kuule.workbench.translation_desk.current_study import CurrentStudy
from kuule.workbench.translation_desk.text_locations import TextLocation

LONGEST_TEXT = 10_000
_KINDS = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})
_OF_FORM = ("form:", "choice:")


@dataclass(frozen=True, slots=True)
class EditableText:
    """A text as it is now, and where it appears."""

    source: SourceText
    place: TextLocation

    @property
    def key(self) -> str:
        return self.source.key

    @property
    def text(self) -> str:
        return self.source.text

    def is_found(self, wanted: str) -> bool:
        """Whether somebody who looks for this means it."""
        return wanted.casefold() in f"{self.text} {self.key}".casefold()


def editable_texts(study: CurrentStudy) -> Iterator[EditableText]:
    """The texts in the order of the survey."""
    known = {one.key: one for one in study.sources}
    for key, place in study.locations.items():
        if key.startswith(_OF_FORM) and key.rpartition(":")[2] in _KINDS and key in known:
            yield EditableText(known[key], place)


def by_section(texts: Sequence[EditableText]) -> dict[str, list[EditableText]]:
    """The texts by the section that they appear in."""
    found: dict[str, list[EditableText]] = {}
    for one in texts:
        found.setdefault(one.place.section, []).append(one)
    return found


def save_source_text(site: WorkbenchSite, key: str, text: str) -> bool:
    """Write another text into the questionnaire. False if somebody else changed the file meanwhile: then nothing
    changes. Raises WorkbenchError with whatever keeps it from being written."""
    out = site.data / f"form-{secrets.token_hex(8)}.partial"
    with errand_turn(STUDY_ERRANDS):
        present = read_present_form(site)
        asked = {"do": StudyErrand.EDIT_TEXT, "study": str(site.study_folder), "key": key, "text": text}
        try:
            run_errand_process(STUDY_ERRANDS, {**asked, "out": str(out)})
            with disk_trouble("the questionnaire"):
                written = out.read_bytes()
            return replace_form(site, written, seen=present.digest)
        finally:
            out.unlink(missing_ok=True)

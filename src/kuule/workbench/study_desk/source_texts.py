"""The texts that a lead can change at this desk one by one: those of the questionnaire that are in a cell of their own,
and those of study.toml."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kuule.languages.workflow.entries import SourceText
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.errands.errand_process import errand_turn, run_errand_process
from kuule.workbench.study_desk.disk_trouble import disk_trouble
from kuule.workbench.study_desk.form_files import KEPT_FORMS, read_present_form
from kuule.workbench.study_desk.study_files import StudyFile, put_back, read_study_file, replace_study_file
from kuule.workbench.study_desk.study_orders import STUDY_ERRANDS, StudyErrand
from kuule.workbench.study_desk.text_files import TextFile, kept_texts
from kuule.workbench.translation_desk.current_study import CurrentStudy
from kuule.workbench.translation_desk.text_locations import TextLocation

LONGEST_TEXT = 10_000
_KINDS = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})
_OF_FORM = ("form:", "choice:")
_OF_SETTINGS = "study:"


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

    @property
    def is_setting(self) -> bool:
        """Whether it stands in study.toml."""
        return self.key.startswith(_OF_SETTINGS)

    def is_found(self, wanted: str) -> bool:
        """Whether somebody who looks for this means it."""
        return wanted.casefold() in f"{self.text} {self.key}".casefold()


def editable_texts(study: CurrentStudy) -> Iterator[EditableText]:
    """The texts in the order of the survey."""
    known = {one.key: one for one in study.sources}
    for key, place in study.locations.items():
        of_form = key.startswith(_OF_FORM) and key.rpartition(":")[2] in _KINDS
        if key in known and (of_form or key.startswith(_OF_SETTINGS)):
            yield EditableText(known[key], place)


def by_section(texts: Sequence[EditableText]) -> dict[str, list[EditableText]]:
    """The texts by the section that they appear in."""
    found: dict[str, list[EditableText]] = {}
    for one in texts:
        found.setdefault(one.place.section, []).append(one)
    return found


def save_source_text(site: WorkbenchSite, key: str, text: str) -> Callable[[], None] | None:
    """Write another text into the questionnaire or the settings; what undoes it comes back. None if somebody else
    changed the file meanwhile: then nothing changes. Raises WorkbenchError with what keeps it from being written."""
    out = site.data / f"form-{secrets.token_hex(8)}.partial"
    with errand_turn(STUDY_ERRANDS):
        of_settings = key.startswith(_OF_SETTINGS)
        present = read_study_file(site, TextFile.SETTINGS) if of_settings else read_present_form(site)
        asked = {"do": StudyErrand.EDIT_TEXT, "study": str(site.study_folder), "key": key, "text": text}
        try:
            run_errand_process(STUDY_ERRANDS, {**asked, "out": str(out)})
            with disk_trouble(present.name):
                written = StudyFile(present.name, out.read_bytes())
            kept = kept_texts(TextFile.SETTINGS) if of_settings else KEPT_FORMS
            if not replace_study_file(site, written, kept=kept, seen=present.digest):
                return None
            return partial(put_back, site, present, kept=kept, seen=written.digest)
        finally:
            out.unlink(missing_ok=True)

"""Reads a dataset folder and checks it against its hashes. What is damaged or foreign becomes a problem in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from kuule.core.files import file_sha256
from kuule.core.problems import ArchiveError, KuuleError, Problem
from kuule.dataset.schema.codebook import Codebook, CodebookCut, CodebookItem, CodebookSection
from kuule.dataset.schema.coded_questions import CodedQuestions
from kuule.dataset.schema.dataset_info import INFO_FILE, READABLE_FORMATS, DatasetInfo
from kuule.languages.workflow.states import State
from kuule.languages.workflow.states import TextOrigin as MadeBy
from kuule.study.edition.report_languages import REPORT_LANGUAGES_FILE as REPORT_LANGUAGES
from kuule.study.edition.report_languages import (
    UNKNOWN_LANGUAGE,
    ReportLanguage,
    ReportLanguages,
    languages_from_table,
)
from kuule.study.settings.analysis_plan import ANALYSIS_PLAN_FILE as PLAN
from kuule.study.settings.study_toml import Study, settings_from_table
from kuule.tables.result import DataOrigin
from kuule.tables.wording import Wording

_AGAIN = "open the archive again, into a new folder"


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset. `frame` has one row for each response and is not yet read. `report` and `plan` are the texts of the
    newest edition's report and of its analysis plan ("" if there is none); `languages` is what is known about the
    report's languages. `coded` has the codes of what people wrote, where they were counted."""

    path: Path
    frame: pl.LazyFrame
    codebook: Codebook
    info: DatasetInfo
    study: Study
    report: str
    languages: ReportLanguages
    plan: str = ""
    coded: CodedQuestions = field(default_factory=dict)

    @property
    def origin(self) -> DataOrigin:
        return self.info.origin

    def wording(self, tag: str) -> Wording:
        """The words of its items, groups and links in one language. Raises KeyError."""
        return replace(self.codebook.wording(tag), links=self.study.links.partners)


def read_dataset(path: Path) -> Dataset:
    """The dataset in a folder. Raises ArchiveError DATA_004 (none), DATA_005 (of another version), DATA_006
    (damaged)."""
    manifest = _manifest(path)
    try:
        return _read(path, manifest)
    except ArchiveError:
        if (now := _manifest(path)) == manifest:
            raise
    return _read(path, now)  # another dataset took its place while its files were read


def check_unchanged(dataset: Dataset) -> None:
    """Raise ArchiveError DATA_024 if another dataset has taken the place of this one since it was read: what was read
    from its files may then come from both."""
    now = _manifest(dataset.path)
    if (now.get("salt"), now.get("files")) != (dataset.info.salt, dict(dataset.info.files)):
        cause = "it was changed (`kuule open` or `kuule forget`) while it was read, and nothing was written"
        raise ArchiveError(Problem("DATA_024", str(dataset.path), cause, "do it again"))


def _read(path: Path, manifest: Mapping[str, object]) -> Dataset:
    if manifest.get("format") not in READABLE_FORMATS:
        known = " and ".join(map(str, READABLE_FORMATS))
        cause = f"its format is {manifest.get('format')!r}, and this version knows {known}"
        raise ArchiveError(
            Problem("DATA_005", str(path), cause, "open its archive again, or use the version that wrote it")
        )
    try:
        info = DatasetInfo.from_json(manifest)
        verify_files(path, info)
        codebook = _codebook(json.loads((path / "codebook.json").read_bytes()))
        codebook.wording(info.source_language)
        return Dataset(
            path=path,
            frame=pl.scan_parquet(path / "responses.parquet"),
            codebook=codebook,
            info=info,
            study=settings_from_table(json.loads((path / "study.json").read_bytes()), "study.json"),
            report=(path / "report.md").read_text("utf-8"),
            languages=_languages(path, info),
            plan=(path / PLAN).read_text("utf-8") if PLAN in info.files else "",
        )
    except ArchiveError:
        raise
    except (KuuleError, OSError, ValueError, KeyError, TypeError):
        raise ArchiveError(_damaged(path, "its files do not hold what they should")) from None


def _manifest(path: Path) -> Mapping[str, object]:
    file = path / INFO_FILE
    if not file.is_file():
        cause = "there is no dataset in it"
        raise ArchiveError(Problem("DATA_004", str(path), cause, "give the folder that `kuule open` wrote"))
    try:
        content = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise ArchiveError(_damaged(file, "it is not JSON")) from None
    if not isinstance(content, dict):
        raise ArchiveError(_damaged(file, "it is not a table"))
    return content


def verify_files(path: Path, info: DatasetInfo) -> None:
    """Check that every file is there and as it was written, and that none is named that is outside the folder."""
    needed = ("responses.parquet", "open_text.parquet", "codebook.json", "study.json", "report.md", "unopened.json")
    problems = [_damaged(path / name, f"it is not listed in {INFO_FILE}") for name in needed if name not in info.files]
    for name, expected in info.files.items():
        file = path / name
        if Path(name).name != name or not file.is_file():
            problems.append(_damaged(file, "it is missing"))
        elif file_sha256(file) != expected:
            problems.append(_damaged(file, "it was changed after the dataset was written"))
    if problems:
        raise ArchiveError(*problems)


def _languages(path: Path, info: DatasetInfo) -> ReportLanguages:
    if REPORT_LANGUAGES not in info.files:
        source = ReportLanguage(State.REVIEWED, MadeBy.PERSON)
        return {tag: source if tag == info.source_language else UNKNOWN_LANGUAGE for tag in info.languages}
    return languages_from_table(json.loads((path / REPORT_LANGUAGES).read_bytes()))


def _damaged(place: Path, cause: str) -> Problem:
    return Problem("DATA_006", str(place), cause, _AGAIN)


def _codebook(content: dict[str, Any]) -> Codebook:
    items = {name: CodebookItem(**{"question": name, **_tuples(item)}) for name, item in content["items"].items()}
    cuts = {
        name: CodebookCut(**{**cut, "members": {code: tuple(values) for code, values in cut["members"].items()}})
        for name, cut in content["cuts"].items()
    }
    sections = tuple(CodebookSection(**_tuples(each)) for each in content.get("sections", ()))
    return Codebook(**{**_tuples(content), "items": items, "cuts": cuts, "sections": sections})


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}

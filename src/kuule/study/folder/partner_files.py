"""The partners of a study: a file of each in `partners/`, with its country, its languages, its links and its logo."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import Problem, StudyError
from kuule.languages.cldr.territories import territory_names
from kuule.study.settings.table_reader import TableReader

PARTNERS_FOLDER = "partners"
AGREEMENTS = ("translating", "spreading", "archiving", "speaking")
"""What a partner can have agreed to."""
_LOGO = r"([A-Za-z0-9][A-Za-z0-9_-]{0,60}\.png)?"


@dataclass(frozen=True, slots=True)
class StudyPartner:
    """One partner. `code` is the name of its file; `links` are codes of `[links.partners]`, `logo` the name of a PNG in
    the folder `identity`, `help` the name of the service that its pieces name, "" for the likeliest of its country."""

    code: str
    name: str
    country: str
    languages: tuple[str, ...]
    links: tuple[str, ...] = ()
    role: str = ""
    logo: str = ""
    help: str = ""
    agreed: tuple[str, ...] = ()


def read_partner_files(study: Path) -> Mapping[str, StudyPartner]:
    """Every partner by its code, in the order of their names; empty where the study has no such folder.

    Raises StudyError STUDY_101 to STUDY_105 with all that is wrong in any of the files.
    """
    partners, problems = {}, []
    for path in sorted((study / PARTNERS_FOLDER).glob("*.toml")):
        try:
            reader = TableReader(f"{PARTNERS_FOLDER}/{path.name}", "", tomllib.loads(path.read_bytes().decode()))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            cause, remedy = f"it cannot be read as TOML: {error}", "mend it there, or take the file away"
            problems.append(Problem("STUDY_101", f"{PARTNERS_FOLDER}/{path.name}", cause, remedy))
            continue
        partners[path.stem] = _partner(path.stem, reader)
        problems += reader.problems
    if problems:
        raise StudyError(*problems)
    return partners


def _partner(code: str, reader: TableReader) -> StudyPartner:
    partner = StudyPartner(
        code=code,
        name=reader.text("name"),
        country=reader.text("country"),
        languages=reader.texts("languages"),
        links=reader.texts("links"),
        role=reader.text("role", "", pattern=r"(?s).*"),
        logo=reader.text(
            "logo", "", pattern=_LOGO, remedy="write the name of a PNG in identity, like partner.png; no SVG"
        ),
        help=reader.text("help", "", pattern=r"(?s).*"),
        agreed=reader.texts("agreed"),
    )
    if partner.country and partner.country not in territory_names("en"):
        reader.reject_value("country", partner.country, 'write an ISO 3166-1 code in capitals, like "SE"')
    for word in partner.agreed:
        if word not in AGREEMENTS:
            reader.reject_value("agreed", word, f"write one of {', '.join(AGREEMENTS)}")
    reader.reject_unknown_keys()
    return partner

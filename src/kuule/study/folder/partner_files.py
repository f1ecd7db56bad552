"""The partners of a study: `partners/<code>.toml`, one file for each organisation that carries it.

They are read for the directory, the kit and the workbench. Nothing of them is frozen: partners come and go while an
edition stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from kuule.core.problems import Problem, StudyError
from kuule.core.regular_files import read_regular_file
from kuule.core.suggestions import did_you_mean
from kuule.languages.cldr.territories import territory_names
from kuule.study.settings.identity_settings import IdentityPartner, IdentitySettings
from kuule.study.settings.table_reader import TableReader
from kuule.study.settings.toml_reading import UnreadableToml, read_toml

PARTNERS_FOLDER = "partners"
MAX_PARTNER_BYTES = 64_000
PARTNER_CODE = r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?"
_HTTPS = r"https://[^\s/@<>\"]+\.[^\s/@<>\"]+(/[^\s<>\"]*)?"
_CONTACT = rf"{_HTTPS}|[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
_LOGO = r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.png"
_LINE = r"[^\n]*\S[^\n]*"


class AgreedTask(StrEnum):
    """What a partner agreed to do for the study."""

    TRANSLATING = "translating"
    SPREADING = "spreading"
    ARCHIVING = "archiving"
    SPEAKING = "speaking"


@dataclass(frozen=True, slots=True)
class StudyPartner:
    """An organisation that carries the study. `code` is the name of its file.

    `country` is its ISO 3166-1 code, "" for one that is of no single country. `languages` are those that it works in,
    the first is the one that it is written to. `role` says in a line of the study's source language what it does.
    `links` are its codes of [links.partners] in study.toml. `contact` is a mail address or a page of the organisation,
    for everyone to see. `logo` is a PNG in the folder `identity/`. `help` names the service of its country whose number
    stands on what it spreads; "" leaves the choice to Kuule.
    """

    code: str
    name: str
    country: str = ""
    languages: tuple[str, ...] = ()
    role: str = ""
    links: tuple[str, ...] = ()
    website: str = ""
    contact: str = ""
    logo: str = ""
    help: str = ""
    agreed: tuple[AgreedTask, ...] = ()

    @property
    def file(self) -> str:
        """The name of its file within the study's folder."""
        return f"{PARTNERS_FOLDER}/{self.code}.toml"


@dataclass(slots=True)
class PartnerFiles:
    """The partners whose files could be read, by code, and what is wrong with the others."""

    partners: dict[str, StudyPartner] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_study_partners(study: Path) -> Mapping[str, StudyPartner]:
    """The partners of a study's folder by code; none where it names none. Raises StudyError STUDY_011, STUDY_012, and
    STUDY_102 to STUDY_105 as for study.toml, with every problem of every file."""
    found = gather_partner_files(study)
    if found.problems:
        raise StudyError(*found.problems)
    return found.partners


def gather_partner_files(study: Path) -> PartnerFiles:
    """The same, without raising: what is wrong is collected beside what could be read."""
    found = PartnerFiles()
    for file in _files(study / PARTNERS_FOLDER):
        place = f"{PARTNERS_FOLDER}/{file.name}"
        if not re.fullmatch(PARTNER_CODE, file.stem):
            cause = f"{file.stem!r} is no code of a partner"
            remedy = "name the file with a-z, 0-9 and hyphens, up to 40 letters: partners/childx.toml"
            found.problems.append(Problem("STUDY_012", place, cause, remedy, file=place))
            continue
        table = _table(file, place, found.problems)
        if table is not None:
            reader = TableReader(place, "", table)
            found.partners[file.stem] = _partner(file.stem, reader)
            reader.reject_unknown_keys()
            found.problems += [replace(problem, file=place) for problem in reader.problems]
    return found


def partner_identity(partners: Mapping[str, StudyPartner]) -> IdentitySettings:
    """The partners with a logo as the settings of an identity, from which logos are read."""
    return IdentitySettings(
        partners={one.code: IdentityPartner(one.name, one.logo) for one in partners.values() if one.logo}
    )


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (file for file in sorted(folder.glob("*.toml")) if not file.name.startswith("."))


def _table(file: Path, place: str, problems: list[Problem]) -> Mapping[str, object] | None:
    excerpt = None
    try:
        if file.stat().st_size > MAX_PARTNER_BYTES:
            cause = f"it has {file.stat().st_size:,} bytes, and {MAX_PARTNER_BYTES:,} are the most"
            remedy = "keep what a partner is in it, and nothing else"
            problems.append(Problem("STUDY_011", place, cause, remedy, file=place))
            return None
        return read_toml(read_regular_file(file).decode())
    except StudyError as error:
        problems += [replace(problem, place=place, file=place) for problem in error.problems]
        return None
    except OSError as error:
        cause, remedy = f"it cannot be read ({error.strerror})", "see that it is a file, and that you may read it"
    except UnicodeDecodeError:
        cause, remedy = "it is not UTF-8", "save it as UTF-8"
    except UnreadableToml as error:
        cause, remedy, excerpt = error.cause, error.remedy, error.excerpt
    problems.append(Problem("STUDY_011", place, cause, remedy, file=place, excerpt=excerpt))
    return None


def _partner(code: str, reader: TableReader) -> StudyPartner:
    png = "write the name of a PNG in the folder identity, like partner.png; no SVG, which can hold script"
    web = "write an address that begins with https://"
    mail = "write a mail address of the organisation, or an address that begins with https://"
    return StudyPartner(
        code=code,
        name=reader.text("name", pattern=_LINE, remedy="write the name on one line"),
        country=_country(reader),
        languages=reader.texts("languages"),
        role=reader.text("role", "", pattern=f"({_LINE})?", remedy="write one line"),
        links=reader.texts("links"),
        website=reader.text("website", "", pattern=f"({_HTTPS})?", remedy=web),
        contact=reader.text("contact", "", pattern=f"({_CONTACT})?", remedy=mail),
        logo=reader.text("logo", "", pattern=f"({_LOGO})?", remedy=png),
        help=reader.text("help", "", pattern=f"({_LINE})?", remedy="write the name of a service in support.csv"),
        agreed=_agreed(reader),
    )


def _country(reader: TableReader) -> str:
    code = reader.text("country", "", pattern="(?s).*")
    if code and code not in territory_names("en"):
        reader.reject_value("country", code, "write its ISO 3166-1 code, like SE; leave it out if there is none")
    return code


def _agreed(reader: TableReader) -> tuple[AgreedTask, ...]:
    words = {str(task): task for task in AgreedTask}
    written = reader.texts("agreed")
    for word in written:
        if word not in words:
            reader.reject_value("agreed", word, did_you_mean(word, words, f"write some of {', '.join(words)}"))
    return tuple(task for word, task in words.items() if word in written)

"""host.toml: what one machine is to serve, read and checked. What follows from it is in `host_files`.

Every value may end up in a file of another program (a unit, nginx, tor), so each is held to letters that mean nothing
there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path, PurePosixPath

from kuule.core.problems import KuuleError, Problem
from kuule.study.settings.table_reader import TableReader
from kuule.study.settings.toml_reading import UnreadableToml, UnreadableTomlFile, read_toml_file

HOST_FILE = "host.toml"
EDITION = "/srv/kuule/edition"
DATABASE = "sqlite:////var/lib/kuule/answers.sqlite3"
BACKUP_KEY = "/srv/kuule/backup.public-key"
PUBLIC_FOLDER, WORKBENCH_FOLDER = "/etc/ssl/survey", "/etc/ssl/workbench"
_PATH = r"/[A-Za-z0-9._@+/-]*[A-Za-z0-9_@+-]"
_NAME = r"(?=.{4,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+"
_PLAIN = r"[A-Za-z0-9._~:/?#@!&=%,+-]+"
_WORD = r"[A-Za-z][A-Za-z0-9_-]*"
_SAY_PATH = "write a path that begins with /, of letters, digits and ._@+-"
_SAY_NAME = "write the name alone, in small letters, like survey.example.org"
_SAY_TIME = "write a time of day (UTC) like 02:30"
_SAY_DATABASE = "write an address like sqlite:////var/lib/kuule/answers.sqlite3, without spaces or quotes"
_STATE = PurePosixPath("/var/lib/kuule")


@dataclass(frozen=True, slots=True)
class SiteName:
    """A name in public, and where its certificate and the key of that are."""

    name: str
    certificate: str
    certificate_key: str


@dataclass(frozen=True, slots=True)
class CollectorHost:
    """A collector. `credentials` are files that systemd hands to it, by name; `database_machines` are addresses that
    it may talk to."""

    editions: tuple[str, ...]
    database: str
    workers: int
    practice: bool
    onion: bool
    credentials: Mapping[str, str]
    database_machines: tuple[str, ...]

    @property
    def sqlite_file(self) -> str:
        """The file of the database, or "" if it is elsewhere."""
        path = self.database.removeprefix("sqlite:///")
        return path if path != self.database else ""


@dataclass(frozen=True, slots=True)
class WorkbenchHost:
    """A workbench. `study` is a folder that is copied once to where the workbench keeps its own. `watch`: the survey is
    looked at from outside once a day."""

    site: SiteName
    study: str
    releases: bool
    survey: str
    watch: bool = False


@dataclass(frozen=True, slots=True)
class StatusHost:
    """A look once an hour at whether the collector is well. `alert`: a program that is started where something failed,
    "" for none. `backups`: the folder of kuule-backup.service is looked at too."""

    alert: str
    backups: bool


@dataclass(frozen=True, slots=True)
class BackupHost:
    """A backup each day at a time (UTC), sealed to the key in a file. At most `keep` of them stay, and none but the
    newest for more than `days`."""

    seal_to: str
    keep: int
    days: int
    at: str


@dataclass(frozen=True, slots=True)
class HostSettings:
    """What a machine serves: a collector, a workbench, or both. `public` is the collector's name in public; without
    one it is an onion service and nothing else. `postgresql` is the version of the server on this machine, or "".
    `backup` is None where none is made."""

    study: str
    program: str
    collector: CollectorHost | None
    public: SiteName | None
    workbench: WorkbenchHost | None
    postgresql: str
    backup: BackupHost | None = None
    status: StatusHost | None = None

    @property
    def is_onion_only(self) -> bool:
        """Whether the survey is an onion service and has no other name."""
        return self.collector is not None and self.collector.onion and self.public is None


def read_host_file(path: Path) -> HostSettings:
    """The settings of a machine.

    Raises KuuleError DEPLOY_001 (no file, or no TOML), DEPLOY_002 (settings that contradict each other), and STUDY_102
    to STUDY_105 as for study.toml.
    """
    top = TableReader(HOST_FILE, "", _table(path))
    settings = read_host_table(top)
    if not top.problems:
        top.problems.extend(_contradictions(settings))
    if top.problems:
        raise KuuleError(*top.problems)
    return settings


def read_host_table(top: TableReader) -> HostSettings:
    """The settings, with placeholders for what cannot be read. Problems are added to `top`."""
    settings = HostSettings(
        study=top.text("study", pattern="[a-z][a-z0-9-]*", remedy="write the id of the study, as in its study.toml"),
        program=top.text("program", "", pattern=rf"|{_PATH}", remedy=_SAY_PATH),
        collector=_collector(top.subtable("collector")) if top.has("collector") else None,
        public=_public(top.subtable("public")) if top.has("public") else None,
        workbench=_workbench(top.subtable("workbench")) if top.has("workbench") else None,
        postgresql=_postgresql(top.subtable("postgresql")) if top.has("postgresql") else "",
        backup=_backup(top.subtable("backup")) if top.has("backup") else None,
        status=_status(top.subtable("status")) if top.has("status") else None,
    )
    top.reject_unknown_keys()
    return settings


def _collector(table: TableReader) -> CollectorHost:
    read = CollectorHost(
        editions=_paths(table, "editions") or (EDITION,),
        database=table.text("database", DATABASE, pattern=_PLAIN, remedy=_SAY_DATABASE),
        workers=table.integer("workers", 2, lowest=1, highest=64),
        practice=table.boolean("practice"),
        onion=table.boolean("onion"),
        credentials=_credentials(table.subtable("credentials")),
        database_machines=_addresses(table, "database_machines"),
    )
    table.reject_unknown_keys()
    return read


def _public(table: TableReader) -> SiteName:
    read = _site(table, PUBLIC_FOLDER)
    table.reject_unknown_keys()
    return read


def _site(table: TableReader, folder: str) -> SiteName:
    """A site within its table, which may have more."""
    return SiteName(
        name=table.text("name", pattern=_NAME, remedy=_SAY_NAME),
        certificate=_path(table, "certificate", f"{folder}/fullchain.pem"),
        certificate_key=_path(table, "certificate_key", f"{folder}/privkey.pem"),
    )


def _workbench(table: TableReader) -> WorkbenchHost:
    read = WorkbenchHost(
        site=_site(table, WORKBENCH_FOLDER),
        study=_path(table, "study", "/srv/kuule/study"),
        releases=table.boolean("releases"),
        survey=table.text(
            "survey", "", pattern=rf"|https://{_NAME}", remedy="write it like https://survey.example.org"
        ),
        watch=table.boolean("watch"),
    )
    table.reject_unknown_keys()
    return read


def _postgresql(table: TableReader) -> str:
    version = table.text("version", pattern="[1-9][0-9]", remedy='write its version, like "17"')
    table.reject_unknown_keys()
    return version


def _backup(table: TableReader) -> BackupHost:
    read = BackupHost(
        seal_to=_path(table, "seal_to", BACKUP_KEY),
        keep=table.integer("keep", 2, lowest=1, highest=366),
        days=table.integer("days", 15, lowest=1, highest=366),
        at=table.text("at", "02:30", pattern="([01][0-9]|2[0-3]):[0-5][0-9]", remedy=_SAY_TIME),
    )
    table.reject_unknown_keys()
    return read


def _status(table: TableReader) -> StatusHost:
    read = StatusHost(
        alert=table.text("alert", "", pattern=rf"|{_PATH}", remedy=_SAY_PATH), backups=table.boolean("backups")
    )
    table.reject_unknown_keys()
    return read


def _path(table: TableReader, key: str, usual: str) -> str:
    return table.text(key, usual, pattern=_PATH, remedy=_SAY_PATH)


def _paths(table: TableReader, key: str) -> tuple[str, ...]:
    given = table.texts(key)
    fits = TableReader(table.file, table.place(key), dict(zip(map(str, range(1, len(given) + 1)), given, strict=True)))
    for number in fits.table:
        fits.text(number, pattern=_PATH, remedy=_SAY_PATH)
    table.problems.extend(fits.problems)
    return given


def _credentials(table: TableReader) -> Mapping[str, str]:
    names = table.own_names(pattern=_WORD, remedy="use letters, digits, _ and -")
    return {name: table.text(name, pattern=_PATH, remedy=_SAY_PATH) for name in names}


def _addresses(table: TableReader, key: str) -> tuple[str, ...]:
    given = table.texts(key)
    for address in given:
        try:
            ip_network(address, strict=False)
        except ValueError:
            table.reject_value(key, address, "write the address of a machine in digits, like 10.0.0.5")
    return given


def _contradictions(settings: HostSettings) -> list[Problem]:
    collector, found = settings.collector, []
    if collector is None and settings.workbench is None:
        found.append(("collector", "this machine would serve nothing", "add [collector], [workbench], or both"))
    if settings.workbench and settings.workbench.watch and not settings.workbench.survey:
        found.append(("workbench.watch", "nobody said where the survey is", "add survey, or take it out"))
    if collector is None and settings.status is not None:
        found.append(("status", "it looks at a collector, and there is none", "add [collector], or take it out"))
    if collector is None and settings.public is not None:
        found.append(("public", "it names a survey, and there is no [collector]", "add [collector], or take it out"))
    if collector is not None and settings.public is None and not collector.onion:
        cause = "nobody could reach the survey: it has no name in public and no onion address"
        found.append(("collector", cause, "add [public] with its name, or onion = true to [collector]"))
    if settings.is_onion_only and settings.workbench is not None:
        cause = "the name of a workbench would tell where the onion service is"
        found.append(("workbench", cause, "put the workbench on another machine"))
    if settings.public and settings.workbench and settings.public.name == settings.workbench.site.name:
        found.append(("workbench.name", "it is the name of the survey", "give the workbench a name of its own"))
    if collector is not None and collector.sqlite_file and PurePosixPath(collector.sqlite_file).parent != _STATE:
        cause = f"{collector.sqlite_file} is not in {_STATE}, the one folder that the collector may write to"
        found.append(("collector.database", cause, f"write sqlite:///{_STATE}/ and a name"))
    return [Problem("DEPLOY_002", f"{HOST_FILE}, {place}", cause, remedy) for place, cause, remedy in found]


def _table(path: Path) -> Mapping[str, object]:
    try:
        return read_toml_file(path, if_missing="write it: docs/how-to/serve.md begins with one to copy")
    except UnreadableToml as error:
        place = str(path) if isinstance(error, UnreadableTomlFile) else HOST_FILE
        raise KuuleError(Problem("DEPLOY_001", place, error.cause, error.remedy, excerpt=error.excerpt)) from None

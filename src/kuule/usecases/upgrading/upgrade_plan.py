"""What an upgrade to this version would do to an installation, found out without changing anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import metadata
from pathlib import Path

from kuule.core.problems import KuuleError, Problem
from kuule.store.database import close_connections, configure, database_name
from kuule.store.migration_state import MigrationState, read_migration_state
from kuule.store.migration_trial import try_migrations
from kuule.study.edition.study_edition import read_edition
from kuule.usecases.upgrading.format_table import FIRST_RELEASE, FORMATS
from kuule.usecases.upgrading.installation_parts import InstallationPart, read_part
from kuule.workbench.accounts_migration import AccountsState, read_accounts_state, try_accounts_migration
from kuule.workbench.configuration.django_settings import ACCOUNTS_DATABASE

_EDITION, STORE_FORMAT, ACCOUNTS_FORMAT = "edition", "database of answers", "database of the workbench"


@dataclass(frozen=True, slots=True)
class Installation:
    """What is to be upgraded. `files`: editions, archives, datasets and other things that are looked at; `database`:
    the collector's, "" for none; `workbench`: the folder of its accounts."""

    files: tuple[Path, ...] = ()
    database: str = ""
    workbench: Path | None = None


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """What becomes of one part: `number` is that of its format now, `becomes` afterwards. `migrations` are carried out
    on it; `seconds` is how long they took on a copy, None where none was tried."""

    place: str
    format: str
    number: int
    becomes: int
    migrations: tuple[str, ...] = ()
    seconds: float | None = None
    size: int = 0

    @property
    def is_migrated(self) -> bool:
        return self.number != self.becomes or bool(self.migrations)

    @property
    def rises(self) -> bool:
        """Whether this version writes such a thing in a newer format than this one has."""
        return self.number < FORMATS[self.format].written


@dataclass(frozen=True, slots=True)
class UpgradePlan:
    """What an upgrade to `version` does, part by part. `studies`: the ids of the editions. `stop_reasons`: why the
    collectors have to stop meanwhile. `problems`: what hinders it."""

    version: str
    steps: tuple[PlannedStep, ...]
    studies: tuple[str, ...]
    stop_reasons: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def migrated(self) -> tuple[PlannedStep, ...]:
        """The parts that are changed, and cannot be changed back."""
        return tuple(one for one in self.steps if one.is_migrated)


def plan_upgrade(installation: Installation) -> UpgradePlan:
    """Look at every part, and try migrations on copies. Nothing that is there is changed. What is wrong with a part is
    in the plan, and hinders no other part."""
    problems: list[Problem] = []
    steps: list[PlannedStep] = []
    stops: list[str] = []
    for path in installation.files:
        try:
            steps.append(_file_step(read_part(path)))
        except KuuleError as error:
            problems += error.problems
    try:
        if installation.database:
            step, reasons = _store_step(installation.database)
            steps.append(step)
            stops += reasons
    except KuuleError as error:
        problems += error.problems
    try:
        if installation.workbench is not None:
            steps.append(_accounts_step(installation.workbench))
    except KuuleError as error:
        problems += error.problems
    studies = tuple(_studies(steps, problems))
    return UpgradePlan(metadata("kuule")["Version"], tuple(steps), studies, tuple(stops), tuple(problems))


def return_sentence(step: PlannedStep) -> str:
    """Which version to go back to if the upgrade of this part fails, together with the backup."""
    if step.number == FORMATS[step.format].written:
        return f"the version that ran until now, which also writes number {step.number}"
    since = FORMATS[step.format].since
    before = "one from before any release" if since == FIRST_RELEASE else f"one before {since}"
    return f"the version that ran until now ({before}: it writes number {step.number})"


def _file_step(part: InstallationPart) -> PlannedStep:
    known = FORMATS[part.format]
    if part.number > known.written:
        cause = (
            f"it has number {part.number} of its format ({part.format}), and this version reads up to {known.written}"
        )
        raise KuuleError(
            Problem("UPGRADE_002", part.place, cause, "use the version of Kuule that made it, or a newer one")
        )
    if part.number not in known.read:
        cause = f"it has number {part.number} of its format ({part.format}), which this version no longer reads"
        remedy = "keep the version that reads it beside this one, or make it again from what it was made of"
        raise KuuleError(Problem("UPGRADE_003", part.place, cause, remedy))
    return PlannedStep(part.place, part.format, part.number, part.number)


def _store_step(database: str) -> tuple[PlannedStep, tuple[str, ...]]:
    configure(database)
    try:
        state = read_migration_state()
    finally:
        close_connections()
    written = FORMATS[STORE_FORMAT].written
    is_migrated = bool(state.pending) or state.version != written
    seconds = try_migrations(database) if is_migrated else None
    step = PlannedStep(database_name(), STORE_FORMAT, state.version, written, _names(state), seconds, state.size)
    return step, state.stop_reasons


def _names(state: MigrationState) -> tuple[str, ...]:
    return tuple(one.name for one in state.pending)


def _accounts_step(data: Path) -> PlannedStep:
    state: AccountsState = read_accounts_state(data)
    seconds = try_accounts_migration(data) if state.pending else None
    file = data / ACCOUNTS_DATABASE
    return PlannedStep(
        str(file),
        ACCOUNTS_FORMAT,
        state.version,
        FORMATS[ACCOUNTS_FORMAT].written,
        state.pending,
        seconds,
        file.stat().st_size,
    )


def _studies(steps: Sequence[PlannedStep], problems: list[Problem]) -> Iterator[str]:
    """The ids of the studies of the editions, each once. An edition has to be whole: it is read as a collector does."""
    found: dict[str, None] = {}
    for step in steps:
        if step.format == _EDITION:
            try:
                found[read_edition(Path(step.place)).study.id] = None
            except KuuleError as error:
                problems += error.problems
    yield from found

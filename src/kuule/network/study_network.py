"""The network of a study as its folder is now: partners, statements with their signatures, launches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from kuule.core.problems import KuuleError, Problem, Severity
from kuule.core.suggestions import did_you_mean
from kuule.network.launches import NEEDED_KINDS, Launch, read_launches
from kuule.network.network_problems import NetworkError
from kuule.network.signatures import SignatureEntry, SignatureState, read_signatures, signature_of, signers
from kuule.network.statement_texts import Statement, list_statement_ids, read_statement
from kuule.study.folder.partner_files import StudyPartner, read_study_partners
from kuule.study.settings.study_settings import Study
from kuule.study.settings.study_toml import read_settings

_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """A statement, and all acts of partners on it."""

    statement: Statement
    entries: tuple[SignatureEntry, ...]

    def signers(self, tag: str, partners: Mapping[str, StudyPartner]) -> tuple[StudyPartner, ...]:
        """The partners whose names stand under the text in a language now. One that has left the study has none."""
        return tuple(partners[one] for one in signers(self.statement, self.entries, tag) if one in partners)

    def is_published(self, today: date, partners: Mapping[str, StudyPartner]) -> bool:
        """Whether a page for the public shows it: its day has come, and somebody has signed."""
        waits = self.statement.publish_on is not None and self.statement.publish_on > today
        return not waits and bool(self.signers(self.statement.source.tag, partners))


@dataclass(frozen=True, slots=True)
class StudyNetwork:
    """All of it. `partners` and `launches` are by their codes and ids, `statements` by theirs."""

    study: Study
    partners: Mapping[str, StudyPartner]
    statements: Mapping[str, SignedStatement]
    launches: Mapping[str, Launch]


def read_study_network(study: Path) -> StudyNetwork:
    """The network of a study. Raises StudyError and NetworkError with what keeps any of it from being read, all at
    once."""
    settings = read_settings(study)
    problems: list[Problem] = []
    partners: Mapping[str, StudyPartner] = _read_or(problems, {}, partial(read_study_partners, study))
    launches: Mapping[str, Launch] = _read_or(problems, {}, partial(read_launches, study))
    statements: dict[str, SignedStatement] = {}
    for one in list_statement_ids(study):
        read: SignedStatement | None = _read_or(problems, None, partial(read_signed_statement, study, one))
        if read is not None:
            statements[one] = read
    if problems:
        raise NetworkError(*problems)
    return StudyNetwork(settings, partners, statements, launches)


def read_signed_statement(study: Path, statement_id: str) -> SignedStatement:
    """A statement with its signatures. Raises NetworkError."""
    return SignedStatement(read_statement(study, statement_id), read_signatures(study, statement_id))


def network_problems(network: StudyNetwork, today: date) -> Iterator[Problem]:
    """What does not fit together, though each file can be read."""
    for one in network.statements.values():
        yield from _of_statement(one, network)
    for launch in network.launches.values():
        yield from _of_launch(launch, network, today)


def _read_or(problems: list[Problem], otherwise: _Part, read: Callable[[], _Part]) -> _Part:
    """What a function reads, or something else with the problems kept."""
    try:
        return read()
    except KuuleError as error:
        problems += error.problems
        return otherwise


def _of_statement(signed: SignedStatement, network: StudyNetwork) -> Iterator[Problem]:
    statement = signed.statement
    place = f"statements/{statement.id}"
    for code in statement.asked:
        if code not in network.partners:
            remedy = did_you_mean(code, network.partners, "name a file of partners/, without its .toml")
            yield Problem("NETWORK_010", f"{place}/statement.toml, asked", f"there is no partner {code!r}", remedy)
    for code in dict.fromkeys(entry.partner for entry in signed.entries):
        name = network.partners[code].name if code in network.partners else code
        if code not in network.partners:
            cause = f"{name} signed, and is no partner of the study any more: its name stands under nothing"
            remedy = "bring its file back, or leave it so"
            yield Problem("NETWORK_011", place, cause, remedy, Severity.WARNING)
        elif signature_of(statement, signed.entries, code).state is SignatureState.LAPSED:
            cause = f"the text was changed after {name} signed, so that its name does not stand under it"
            remedy = "ask it to read and sign what is there now, or put the text back that it signed"
            yield Problem("NETWORK_012", place, cause, remedy, Severity.WARNING)
        elif signature_of(statement, signed.entries, code).state is SignatureState.PARTLY:
            cause = f"a translation was changed or added after {name} signed, so that its name does not stand under it"
            yield Problem("NETWORK_012", place, cause, "ask it to read and sign that too", Severity.WARNING)


def _of_launch(launch: Launch, network: StudyNetwork, today: date) -> Iterator[Problem]:
    for kind in launch.lacks:
        cause, remedy = f"nothing in it is about {kind}", f"add a task that says {NEEDED_KINDS[kind]}"
        yield Problem("NETWORK_021", launch.file, cause, remedy, Severity.WARNING)
    for number, task in enumerate(launch.tasks, 1):
        place = f"{launch.file}, tasks {number}"
        if task.who and task.who not in network.partners:
            remedy = did_you_mean(task.who, network.partners, "name a file of partners/, without its .toml")
            yield Problem("NETWORK_022", f"{place}.who", f"there is no partner {task.who!r}", remedy)
        if task.by is not None and task.done_on is None and task.by < today:
            who = network.partners[task.who].name if task.who in network.partners else "whoever runs the study"
            cause, remedy = (
                f"it was to be done by {task.by}: {task.what}",
                f"ask {who}, then write done_on or a new day",
            )
            yield Problem("NETWORK_023", place, cause, remedy, Severity.WARNING)

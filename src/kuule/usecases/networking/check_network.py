"""Everything that is wrong with the partners of a study, their statements and their launches; and who signed what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.problems import KuuleError, Problem, Severity
from kuule.network.signatures import PartnerSignature, signature_of
from kuule.network.study_network import SignedStatement, network_problems, read_signed_statement, read_study_network
from kuule.study.check import check_folder
from kuule.study.folder.partner_files import PARTNERS_FOLDER, StudyPartner, read_study_partners
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.rules.report.usable_logos import CODE as LOGO_CODE


@dataclass(frozen=True, slots=True)
class NetworkCheck:
    """What was found, errors first, and how many there are of each."""

    problems: tuple[Problem, ...]
    partners: int = 0
    statements: int = 0
    launches: int = 0


@dataclass(frozen=True, slots=True)
class StatementSignatures:
    """A statement and where each partner is with it, in the order of their names."""

    signed: SignedStatement
    partners: tuple[tuple[StudyPartner, PartnerSignature], ...]


def check_study_network(study: Path, *, today: date) -> NetworkCheck:
    """Check the partners with the rules of `kuule check` that are about them, and what they do together."""
    partner_problems = [one for one in check_folder(read_study_folder(study)) if _is_of_partners(one)]
    try:
        network = read_study_network(study)
    except KuuleError as error:
        return NetworkCheck(_errors_first(dict.fromkeys([*partner_problems, *error.problems])))
    found = [*partner_problems, *network_problems(network, today)]
    sizes = len(network.partners), len(network.statements), len(network.launches)
    return NetworkCheck(_errors_first(dict.fromkeys(found)), *sizes)


def list_statement_signatures(study: Path, statement_id: str) -> StatementSignatures:
    """Where each partner is with a statement. Raises NetworkError and StudyError."""
    signed, partners = read_signed_statement(study, statement_id), read_study_partners(study)
    by_name = sorted(partners.values(), key=lambda one: one.name.casefold())
    asked = [one for one in by_name if signed.statement.is_asked(one.code)]
    rows = tuple((one, signature_of(signed.statement, signed.entries, one.code)) for one in asked)
    return StatementSignatures(signed, rows)


def _is_of_partners(problem: Problem) -> bool:
    return problem.file.startswith(f"{PARTNERS_FOLDER}/") or problem.code == LOGO_CODE


def _errors_first(problems: dict[Problem, None]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.severity is Severity.WARNING))

"""Carrying out an upgrade: after a backup, by name, and again after it was killed. Each database is brought forward in
transactions, so that a kill leaves a migration whole or not begun, and the next run goes on from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.problems import KuuleError, Problem
from kuule.store.database import configure, prepare_store
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.upgrading.backup_before import BackedUpParts, check_backups
from kuule.usecases.upgrading.upgrade_plan import (
    ACCOUNTS_FORMAT,
    STORE_FORMAT,
    Installation,
    UpgradePlan,
    plan_upgrade,
)
from kuule.workbench.accounts_migration import migrate_accounts

_PLACE = "kuule upgrade"


@dataclass(frozen=True, slots=True)
class UpgradeConsent:
    """What whoever carries it out gives and says: backups of today (files, or folders of them), or that there is one
    of another kind, at which nothing can be looked; and that the collectors were stopped where that is needed."""

    backups: tuple[Path, ...] = ()
    backup_unchecked: bool = False
    collectors_stopped: bool = False


def carry_out_upgrade(
    installation: Installation,
    plan: UpgradePlan,
    consent: UpgradeConsent,
    *,
    today: date,
    confirm: Callable[[str], None],
    progress: ProgressListener = SILENT,
) -> UpgradePlan:
    """Bring the databases of an installation to this version. `confirm` asks for the id of the study and raises what
    stops it. Returns the plan as it is afterwards.

    Raises KuuleError: what hinders it (the plan's problems), UPGRADE_004 (no backup is named), UPGRADE_006 (collectors
    have to stop), UPGRADE_007 (no edition says whose it is), and what `check_backups` raises; StoreError,
    WorkbenchError.
    """
    if plan.problems:
        raise KuuleError(*plan.problems)
    if not plan.migrated:
        return plan
    _check_consent(plan, consent)
    study = _only_study(plan)
    if consent.backups:
        with progress.spinner("looking at the backup"):
            check_backups(consent.backups, _parts_to_back_up(installation, plan, study, today))
    confirm(study)
    if installation.database:
        progress.note("bringing the database of answers forward")
        configure(installation.database)
        prepare_store()
    if installation.workbench is not None:
        progress.note("bringing the database of the workbench forward")
        migrate_accounts(Path(installation.workbench))
    return plan_upgrade(installation)


def _parts_to_back_up(installation: Installation, plan: UpgradePlan, study: str, today: date) -> BackedUpParts:
    """What is brought forward, and so has to be in a backup."""
    formats = {step.format for step in plan.migrated}
    database = installation.database if STORE_FORMAT in formats else ""
    return BackedUpParts(study, today, database, accounts=ACCOUNTS_FORMAT in formats)


def _check_consent(plan: UpgradePlan, consent: UpgradeConsent) -> None:
    if not consent.backups and not consent.backup_unchecked:
        places = " and ".join(one.place for one in plan.migrated)
        cause = f"there is no way back from it, and no backup of {places} was named"
        remedy = (
            "make one with `kuule backup`, and name it with --backup; for one of another kind add --backup-unchecked"
        )
        raise KuuleError(Problem("UPGRADE_004", _PLACE, cause, remedy))
    if plan.stop_reasons and not consent.collectors_stopped:
        cause = f"a collector of the earlier version cannot go on beside it ({'; '.join(plan.stop_reasons)})"
        remedy = "stop every collector of this database, and add --collectors-stopped"
        raise KuuleError(Problem("UPGRADE_006", _PLACE, cause, remedy))


def _only_study(plan: UpgradePlan) -> str:
    """One installation has one study, which whoever changes it has to know by name."""
    if len(plan.studies) != 1:
        said = "no edition is named" if not plan.studies else f"the editions are of {' and '.join(plan.studies)}"
        remedy = "name the editions that are served from this database"
        raise KuuleError(Problem("UPGRADE_007", _PLACE, f"it is not known whose answers these are: {said}", remedy))
    return plan.studies[0]

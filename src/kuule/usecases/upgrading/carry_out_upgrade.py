"""Carrying out an upgrade: after a backup, by name, and again after it was killed. Each database is brought forward in
transactions, so that a kill leaves a migration whole or not begun, and the next run goes on from there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import KuuleError, Problem
from kuule.store.database import configure, prepare_store
from kuule.usecases.progress import SILENT, ProgressListener
from kuule.usecases.upgrading.upgrade_plan import Installation, UpgradePlan, plan_upgrade
from kuule.workbench.accounts_migration import migrate_accounts

_PLACE = "kuule upgrade"


@dataclass(frozen=True, slots=True)
class UpgradeConsent:
    """What whoever carries it out says: that a backup was made, and that the collectors were stopped where that is
    needed."""

    backup_made: bool = False
    collectors_stopped: bool = False


def carry_out_upgrade(
    installation: Installation,
    plan: UpgradePlan,
    consent: UpgradeConsent,
    *,
    progress: ProgressListener = SILENT,
) -> UpgradePlan:
    """Bring the databases of an installation to this version. Returns the plan as it is afterwards.

    Raises KuuleError as `check_upgrade` does; StoreError, WorkbenchError.
    """
    check_upgrade(plan, consent)
    if not plan.migrated:
        return plan
    if installation.database:
        progress.note("bringing the database of answers forward")
        configure(installation.database)
        prepare_store()
    if installation.workbench is not None:
        progress.note("bringing the database of the workbench forward")
        migrate_accounts(Path(installation.workbench))
    return plan_upgrade(installation)


def check_upgrade(plan: UpgradePlan, consent: UpgradeConsent) -> str:
    """Look whether an upgrade may begin. Returns the id of the study that is changed, "" if nothing is.

    Raises KuuleError: what hinders it (the plan's problems), UPGRADE_004 (no backup), UPGRADE_006 (collectors have to
    stop), UPGRADE_007 (no edition says whose it is).
    """
    if plan.problems:
        raise KuuleError(*plan.problems)
    if not plan.migrated:
        return ""
    _check_consent(plan, consent)
    return _only_study(plan)


def _check_consent(plan: UpgradePlan, consent: UpgradeConsent) -> None:
    if not consent.backup_made:
        places = " and ".join(one.place for one in plan.migrated)
        cause = f"there is no way back from it, and nobody has said that there is a backup of {places}"
        remedy = "make one, as `kuule backup` does, and add --backup-made"
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

"""The end of a study on the workbench: nobody can sign in any more. Names stay in the audit trail, which says so."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kuule.destruction.dispositions import Dispositions
from kuule.destruction.ending_record import Destroyed, Way
from kuule.destruction.ending_steps import STEPS, WORDS, EndingMachine, EndingStep
from kuule.destruction.records_folder import RecordsFolder
from kuule.destruction.step_execution import EndingPlan, MachineEnd, OwnThing, every_file, with_wait
from kuule.workbench.configuration.workbench_options import WorkbenchOptions
from kuule.workbench.configuration.workbench_site import start_site
from kuule.workbench.workbench_server import prepared_database

_NOT_OPENED_YET = "the last archives are not known to be opened: bring the records of the analyst's machine first"


def plan_workbench_end(options: WorkbenchOptions, records: Path, now: datetime) -> tuple[MachineEnd, EndingPlan]:
    """The end of the study of a workbench, and what is next in it.

    Raises WorkbenchError, StudyError, DestructionError END_001.
    """
    study = start_site(options).read_study_settings()
    own = OwnThing(Destroyed(WORDS[EndingStep.ACCOUNTS], Way.CLOSED), close_all_accounts)
    end = MachineEnd(
        RecordsFolder(records, study.id),
        EndingMachine.WORKBENCH,
        STEPS[EndingMachine.WORKBENCH],
        Dispositions(),
        every_file,
        now.astimezone(UTC).date(),
        {EndingStep.ACCOUNTS: (own,)},
    )
    plan = end.plan()
    return end, plan if end.folder.with_step(EndingStep.OPENED) else with_wait(plan, _NOT_OPENED_YET)


def close_all_accounts() -> None:
    """Close every account in one transaction: passwords, second factors, sessions and invitations are gone, from the
    file too. Where all are closed already, nothing changes."""
    with prepared_database():
        _close_all()


def _close_all() -> None:
    from allauth.mfa.models import Authenticator  # models need a configured Django
    from django.contrib.sessions.models import Session
    from django.db import transaction

    from kuule.workbench.audit_trail.audit_entries import COMMAND_LINE, record_action_of
    from kuule.workbench.models import Invitation, Person

    with transaction.atomic():
        open_accounts = Person.objects.filter(is_active=True)
        if not open_accounts and not Session.objects.exists() and not Invitation.objects.filter(used=False):
            return
        for person in open_accounts:
            person.is_active = False
            person.set_unusable_password()
            person.save(update_fields=["is_active", "password"])
        Authenticator.objects.all().delete()
        Session.objects.all().delete()
        Invitation.objects.filter(used=False).update(used=True)
        record_action_of(COMMAND_LINE, "closed all accounts", "the study has ended")

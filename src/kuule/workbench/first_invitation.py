"""The first invitation, created on the machine itself because nobody can sign in yet. Also for leads who are locked
out."""

from __future__ import annotations

from kuule.core.problems import Problem, WorkbenchError
from kuule.workbench.configuration.workbench_options import WorkbenchOptions
from kuule.workbench.configuration.workbench_site import start_site
from kuule.workbench.register_desk.current_register import register_countries
from kuule.workbench.roles import COUNTRY_ROLES, UNRESTRICTED_ROLES, Role
from kuule.workbench.workbench_server import prepared_database


def create_first_invitation(
    options: WorkbenchOptions,
    *,
    role: str,
    organisation: str,
    languages: tuple[str, ...],
    countries: tuple[str, ...] = (),
) -> str:
    """Create an invitation and return its link. The workbench may be running.

    Raises WorkbenchError: WORKBENCH_008 (unknown role), WORKBENCH_009 (languages that the study does not have, or none
    although the role needs one), WORKBENCH_013 (the same of countries and the register), and whatever `start_site`
    raises.
    """
    if role not in set(Role):
        cause = f"{role!r} is no role"
        raise WorkbenchError(Problem("WORKBENCH_008", "--role", cause, f"give one of {', '.join(Role)}"))
    study = start_site(options).read_study_settings()
    wanted = Role(role)
    if wanted in COUNTRY_ROLES:
        _check_countries(countries)
    unknown = sorted(set(languages) - set(study.languages))
    if unknown or (not languages and wanted not in UNRESTRICTED_ROLES | COUNTRY_ROLES):
        cause = f"the study has no {', '.join(unknown)}" if unknown else f"a {role} needs at least one language"
        remedy = f"give --language with one of {', '.join(study.languages)}"
        raise WorkbenchError(Problem("WORKBENCH_009", "--language", cause, remedy))
    with prepared_database():
        from kuule.workbench.accounts.invitations import InvitationRequest, invite  # models need a configured Django
        from kuule.workbench.audit_trail.audit_entries import COMMAND_LINE, record_action_of
        from kuule.workbench.models import Organisation

        owner, _ = Organisation.objects.get_or_create(name=organisation or study.organisation)
        link = invite(InvitationRequest(owner, wanted, languages, countries=countries), by=COMMAND_LINE)
        record_action_of(COMMAND_LINE, "invited", ", ".join((role, owner.name, *languages, *countries)))
    return link


def _check_countries(countries: tuple[str, ...]) -> None:
    known = register_countries()
    unknown = sorted(set(countries) - set(known))
    if unknown or not countries:
        cause = f"the register has no {', '.join(unknown)}" if unknown else "a coder needs at least one country"
        remedy = f"give --country with one of {', '.join(known)}" if known else "give --register as well"
        raise WorkbenchError(Problem("WORKBENCH_013", "--country", cause, remedy))

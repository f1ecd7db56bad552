"""What waits for a member's organisation: statements to sign, tasks of launches, dates to come, links that are off; and
the kit that it can take."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from kuule.core.problems import KuuleError, Problem
from kuule.languages.cldr.tags import Language, find_language
from kuule.network.launches import Launch, LaunchTask, read_launches
from kuule.network.partner_events import coming_partner_events
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.study.folder.partner_files import StudyPartner
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.kit_desk.kit_states import KitState, changed_kits
from kuule.workbench.kit_desk.partner_kits import kit_languages
from kuule.workbench.member_words.saying import say_country
from kuule.workbench.register_desk.current_register import read_current_register
from kuule.workbench.roles import UNRESTRICTED_ROLES, Member, Permission, may
from kuule.workbench.signing_desk.own_partner import partner_of_member
from kuule.workbench.signing_desk.statement_views import StatementRow, statement_rows

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class DueTask:
    """A task of a launch that is open. `late` once its day is past."""

    launch: Launch
    task: LaunchTask
    late: bool

    @property
    def country(self) -> str:
        """The name of the country that it is about, "" for none."""
        return say_country(self.task.country, self.task.country)


@dataclass(frozen=True, slots=True)
class PartnerBoard:
    """All of it. `partner` is None for a member whose organisation is no partner of the study. `kits` are the languages
    in which it has one, `changed_kits` those that it took and that are otherwise now. What could not be read is left
    out, and `problems` say why."""

    partner: StudyPartner | None = None
    statements: tuple[StatementRow, ...] = ()
    tasks: tuple[DueTask, ...] = ()
    events: tuple[PlannedAction, ...] = ()
    links_off: tuple[str, ...] = ()
    kits: tuple[Language, ...] = ()
    changed_kits: tuple[KitState, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def to_sign(self) -> tuple[StatementRow, ...]:
        """The statements that wait for the organisation's signature."""
        return tuple(row for row in self.statements if row.waits)


def partner_board(member: Member, *, study_id: str, switched_off: Collection[str], today: date) -> PartnerBoard:
    """What waits for the organisation of a member; for those who run the study, their own open tasks too."""
    problems: list[Problem] = []
    partner = _read_or(problems, None, lambda: partner_of_member(member))
    nothing: tuple[tuple[StatementRow, ...], tuple[Problem, ...]] = ((), ())
    rows, unread = _read_or(problems, nothing, lambda: statement_rows(member, partner))
    problems += unread
    launches: Mapping[str, Launch] = _read_or(problems, {}, lambda: read_launches(running_site().study_folder))
    codes = [partner.code] if partner is not None else []
    codes += [""] if member.role in UNRESTRICTED_ROLES else []
    tasks = [
        DueTask(launch, task, task.by is not None and task.by < today)
        for launch in launches.values()
        for code in codes
        for task in launch.open_tasks(code)
    ]
    no_kits: tuple[tuple[Language, ...], tuple[KitState, ...]] = (), ()
    kits, changed = _read_or(problems, no_kits, lambda: own_kits(member, partner))
    return PartnerBoard(
        partner,
        rows,
        tuple(sorted(tasks, key=lambda one: one.task.by or date.max)),
        _read_or(problems, (), lambda: partner_dates(partner, study_id, today)),
        tuple(code for code in (partner.links if partner else ()) if code in switched_off),
        kits,
        changed,
        tuple(dict.fromkeys(problems)),
    )


def partner_dates(partner: StudyPartner | None, study_id: str, today: date) -> tuple[PlannedAction, ...]:
    """The actions of the register that are to come for a partner; none without a register. Raises RegisterError."""
    register = running_site().register_folder
    if partner is None or register is None:
        return ()
    actions = read_current_register(register, today).register.actions
    return coming_partner_events(actions.values(), partner, study_id=study_id, today=today)


def own_kits(member: Member, partner: StudyPartner | None) -> tuple[tuple[Language, ...], tuple[KitState, ...]]:
    """The languages in which a member may have the kit of its organisation, and the kits that it took and that are
    otherwise now. Raises KuuleError."""
    site = running_site()
    if partner is None or not site.has_kits or not may(member, Permission.SEE_KIT):
        return (), ()
    tags = kit_languages(member, partner, site.read_study_settings())
    return tuple(map(find_language, tags)), changed_kits(site, member, partner, tags)


def _read_or(problems: list[Problem], otherwise: _Found, read: Callable[[], _Found]) -> _Found:
    try:
        return read()
    except KuuleError as error:
        problems += error.problems
        return otherwise

"""What every view of the register begins with: a member, the register as it is now, and the rounds of blind coding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps

from django.http import HttpRequest, HttpResponse

from kuule.core.problems import Problem, WorkbenchError
from kuule.register.data_model.whole_register import Register
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.register_desk.blind_rounds import BlindRound, list_rounds, round_that_hides
from kuule.workbench.register_desk.current_register import (
    CurrentRegister,
    country_name,
    read_current_register,
    register_path,
)
from kuule.workbench.register_desk.register_member import RegisterMember, register_member_of
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Member, NotAllowed, sees_register

REGISTER_ROOT = "/register/"
RegisterView = Callable[..., HttpResponse]


@dataclass(frozen=True)
class RegisterContext:
    """A request at the register."""

    current: CurrentRegister
    who: RegisterMember
    rounds: tuple[BlindRound, ...]
    today: date

    @property
    def register(self) -> Register:
        return self.current.register

    @cached_property
    def countries(self) -> Mapping[str, str]:
        """The countries of the register that the member may see, with their names, in alphabetical order."""
        codes = dict.fromkeys(code for code, _ in self.current.cells)
        names = {code: country_name(code) for code in codes if self.who.member.sees_country(code)}
        return dict(sorted(names.items(), key=lambda item: item[1]))

    def find_hiding_round(self, country: str, provision: str) -> str:
        """The id of the open round because of which the member must not see this cell, or ""."""
        return round_that_hides(self.rounds, self.who, country, provision)


def register_context(request: HttpRequest) -> RegisterContext:
    """Raises Http404 without a register, NotAllowed for roles that have nothing to do with it, and RegisterError."""
    return context_of(request_member(request))


def context_of(member: Member) -> RegisterContext:
    """The same for a member."""
    site = running_site()
    today = site.clock().date()
    current = read_current_register(register_path(), today)
    if not sees_register(member):
        raise NotAllowed
    return RegisterContext(current, register_member_of(member, site.data), list_rounds(site.data), today)


def report_disk_errors(view: RegisterView) -> RegisterView:
    """Wrap a view so that a full or failing disk becomes a page that says so, with everything that was typed."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **more: str) -> HttpResponse:
        try:
            return view(request, *args, **more)
        except OSError as error:
            cause = f"the disk did not do it ({(error.strerror or 'unknown').lower()})"
            remedy = "see that it has room and may be written to; nobody loses what was saved before"
            raise WorkbenchError(Problem("WORKBENCH_010", "the register's folder", cause, remedy)) from error

    return guarded

"""What every view of the desk begins with: a member, one of their languages, and the study as it is now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse

from kuule.core.problems import Problem, StudyError
from kuule.languages.cldr.tags import Language, find_language
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.saying import say, say_plain
from kuule.workbench.page_rendering import render_page
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Permission, check_may
from kuule.workbench.translation_desk import text_rows
from kuule.workbench.translation_desk.current_study import (
    CurrentLanguage,
    CurrentStudy,
    read_current_language,
    read_current_study,
)
from kuule.workbench.translation_desk.language_member import LanguageMember, language_member_of
from kuule.workbench.translation_desk.text_rows import LONGEST_SEARCH, ListFilter, TextRow
from kuule.workbench.workbench_errors import DESK_ROOT, typed_fields

DeskView = Callable[..., HttpResponse]


@dataclass(frozen=True)
class DeskContext:
    """A request at the desk of one language. `wanted` is the filter that links carry along."""

    study: CurrentStudy
    now: CurrentLanguage
    language_member: LanguageMember
    wanted: ListFilter = field(default_factory=ListFilter)

    @property
    def target(self) -> Language:
        return find_language(self.language_member.tag)

    @property
    def source(self) -> Language:
        return find_language(self.study.settings.source_language)

    def source_of(self, key: str) -> Language:
        """The language that a text is translated from."""
        return find_language(self.study.source_of(key))

    def rows(self) -> list[TextRow]:
        """All texts as this member sees them, in the order of the survey."""
        return text_rows.text_rows_for(self.now.entries, self.study.locations, self.now.findings, self.language_member)

    def list_address(self, **more: object) -> str:
        """The address of the list, with the filter."""
        return _address(f"{DESK_ROOT}{self.language_member.tag}", self.wanted, more)

    def text_address(self, key: str) -> str:
        """The address of one text, with the filter."""
        return _address(f"{DESK_ROOT}{self.language_member.tag}/text", self.wanted, {"key": key})

    def page_address(self, key: str) -> str:
        """The address of the page that a text appears on."""
        return f"{DESK_ROOT}{self.language_member.tag}/page?{urlencode({'key': key})}"


def desk_context(request: HttpRequest, tag: str) -> DeskContext:
    """Raises NotAllowed for a language that is not the member's, Http404 for one that is not in the study, and
    StudyError."""
    member = request_member(request)
    check_may(member, Permission.SEE_LANGUAGE, tag)
    site = running_site()
    study = read_current_study(site.study_folder)
    if tag not in study.tags:
        raise Http404
    show = request.GET.get("show", "all")
    find = request.GET.get("find", "").strip()[:LONGEST_SEARCH]
    wanted = ListFilter(show if show in text_rows.FILTERS else "all", find)
    return DeskContext(study, read_current_language(study, tag), language_member_of(member, tag, site.data), wanted)


def report_study_errors(view: DeskView) -> DeskView:
    """Wrap a view so that a StudyError becomes a page that says why the study cannot be read at the moment (an author
    is editing it, or the disk is full). The page also shows what was typed."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **more: str) -> HttpResponse:
        try:
            return view(request, *args, **more)
        except StudyError as error:
            return _in_the_way(request, "study", error.problems)
        except OSError as error:
            cause = f"the disk did not do it ({(error.strerror or 'unknown').lower()})"
            remedy = "see that it has room and may be written to; nobody loses what was saved before"
            problem = Problem("WORKBENCH_010", "the study's folder or the workbench's", cause, remedy)
            return _in_the_way(request, "disk", (problem,))

    return guarded


def _in_the_way(request: HttpRequest, what: str, problems: tuple[Problem, ...]) -> HttpResponse:
    titles = {"study": say_plain("way_study"), "disk": say_plain("way_disk")}
    whys = {"study": say("way_study_why"), "disk": say("way_disk_why")}
    fields = [(name, value) for name, value in typed_fields(request) if name in ("text", "comment")]
    content = {"why": whys[what], "problems": problems, "fields": fields}
    return render_page(request, "desk/unreadable.html", title=titles[what], status=503, **content)


def _address(path: str, wanted: ListFilter, more: dict[str, object]) -> str:
    query = "&".join(filter(None, [urlencode({name: str(value) for name, value in more.items()}), wanted.query]))
    return f"{path}?{query}" if query else path

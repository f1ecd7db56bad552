"""What a view of one release begins with: the release that an address names, and what the member may do with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse

from kuule.languages.cldr.collation import sort_key
from kuule.languages.cldr.tags import Language, find_language
from kuule.releases.brief_text_names import BRIEFS_FOLDER
from kuule.workbench import workbench_errors
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.saying import page_language, say, say_language, say_plain
from kuule.workbench.release_desk.brief_choices import BriefChoices, brief_choices
from kuule.workbench.release_desk.current_shelf import CurrentShelf, read_current_shelf
from kuule.workbench.release_desk.release_kinds import ReleaseKind, ReleaseOrder
from kuule.workbench.release_desk.shelved_release import ShelvedRelease
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Member, Permission, check_may, may
from kuule.workbench.workbench_errors import RELEASES_ROOT


@dataclass(frozen=True)
class ReleaseContext:
    """A request at one release."""

    shelf: CurrentShelf
    release: ShelvedRelease
    member: Member

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the release that the member may preview, by their names in the language of the page."""
        tags = (tag for tag in self.release.languages if may(self.member, Permission.PREVIEW_RELEASE, tag))
        return tuple(
            sorted(map(find_language, tags), key=lambda one: sort_key(say_language(one.tag), page_language().tag))
        )

    def order(self, kind: str, tag: str, country: str = "", provision: str = "") -> ReleaseOrder:
        """The order for one kind in one language; for a brief also on a country and a provision. Raises NotAllowed, and
        Http404 for what there is not."""
        check_may(self.member, Permission.PREVIEW_RELEASE, tag)
        if kind not in list(ReleaseKind) or tag not in self.release.languages:
            raise Http404
        folder, content = self.shelf.folder / self.release.folder, self.release.content
        order = ReleaseOrder(folder, content, ReleaseKind(kind), tag, self.shelf.today)
        if order.kind is not ReleaseKind.BRIEF:
            return order
        site, choices = running_site(), brief_choices(running_site())
        if choices is None or country not in choices.countries or provision not in choices.provisions:
            raise Http404
        register, texts = str(site.register_folder), str(site.study_folder / BRIEFS_FOLDER)
        return replace(order, country=country, provision=provision, register=register, texts=texts)

    def address(self, order: ReleaseOrder) -> str:
        """Where the preview of an order begins."""
        given = [part for part in (order.language, order.country, order.provision) if part]
        return "/".join((f"{RELEASES_ROOT}{self.release.digits}", order.kind, *given, order.first_file))

    @property
    def brief_languages(self) -> tuple[Language, ...]:
        """Those of the member's languages in which there is a text of a brief."""
        return tuple(one for one in self.languages if self.briefs is not None and one.tag in self.briefs.languages)

    @cached_property
    def briefs(self) -> BriefChoices | None:
        """The briefs that can be made here."""
        return brief_choices(running_site())


def shelf_of(request: HttpRequest) -> CurrentShelf:
    """Raises NotAllowed, Http404 without releases, and KuuleError if they cannot be read."""
    site = running_site()
    if site.releases_folder is None:
        raise Http404
    check_may(request_member(request), Permission.SEE_RELEASES)
    return read_current_shelf(site)


def release_context(request: HttpRequest, digits: str) -> ReleaseContext | None:
    """The context; None if no release is as the address says. Raises as `shelf_of`."""
    shelf = shelf_of(request)
    found = shelf.find(digits)
    return None if found is None else ReleaseContext(shelf, found, request_member(request))


def release_gone(request: HttpRequest) -> HttpResponse:
    """The page for an address of a release that is not there any more as it was."""
    text = say("release_gone_why")
    return workbench_errors.message_page(request, say_plain("release_gone"), text, 404)

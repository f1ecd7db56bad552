"""What the audit trail says of releases: who looked at one here, and who took a copy."""

from __future__ import annotations

from django.http import HttpRequest

from kuule.workbench.audit_trail.audit_entries import actor_name, record_action
from kuule.workbench.models import Entry
from kuule.workbench.release_desk.release_kinds import ReleaseOrder
from kuule.workbench.release_desk.shelved_release import ShelvedRelease

PREVIEWED, DOWNLOADED = "previewed a release", "downloaded a release"


def record_preview(request: HttpRequest, one: ShelvedRelease, order: ReleaseOrder) -> None:
    """Note the first time that a member looks at this of a release; a preview has many pages."""
    on = _object(one, order)
    if not Entry.objects.filter(who=actor_name(request), what=PREVIEWED, on=on).exists():
        record_action(request, PREVIEWED, on)


def record_download(request: HttpRequest, one: ShelvedRelease, order: ReleaseOrder) -> None:
    """Note a copy; each time."""
    record_action(request, DOWNLOADED, _object(one, order))


def names_of_viewers(one: ShelvedRelease) -> tuple[str, ...]:
    """The names of members who previewed or downloaded a release here, in the order in which they came."""
    found = Entry.objects.filter(what__in=(PREVIEWED, DOWNLOADED), on__startswith=f"{one.title},").order_by("id")
    return tuple(dict.fromkeys(found.values_list("who", flat=True)))


def _object(one: ShelvedRelease, order: ReleaseOrder) -> str:
    return ", ".join((one.title, *order.parts))

"""The list of releases, and the page of one: its day, its embargo, who approved it, who saw it early, what changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kuule.workbench.page_rendering import render_page
from kuule.workbench.release_desk.release_context import release_context, release_gone, shelf_of
from kuule.workbench.release_desk.release_kinds import KIND_NAMES
from kuule.workbench.release_desk.release_trail import names_of_viewers


def releases_page(request: HttpRequest) -> HttpResponse:
    """The releases, the newest first, and the folders that cannot be read."""
    return render_page(request, "releases/releases.html", title="Releases", shelf=shelf_of(request))


def release_page(request: HttpRequest, digits: str) -> HttpResponse:
    """One release."""
    context = release_context(request, digits)
    if context is None:
        return release_gone(request)
    return render_page(
        request,
        "releases/release.html",
        title=f"Release {context.release.version}",
        context=context,
        shelf=context.shelf,
        release=context.release,
        kind_names=KIND_NAMES,
        language_names=lambda languages: {one.tag: one.english for one in languages},
        seen_here=names_of_viewers(context.release),
    )

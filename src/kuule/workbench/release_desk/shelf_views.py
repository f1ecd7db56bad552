"""The list of releases, and the page of one: its day, its embargo, who approved it, who saw it early, what changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kuule.workbench.member_words.saying import say_language, say_plain
from kuule.workbench.page_rendering import render_page
from kuule.workbench.release_desk.release_context import release_context, release_gone, shelf_of
from kuule.workbench.release_desk.release_kinds import PLAIN_KINDS
from kuule.workbench.release_desk.release_trail import names_of_viewers


def releases_page(request: HttpRequest) -> HttpResponse:
    """The releases, the newest first, and the folders that cannot be read."""
    return render_page(request, "releases/releases.html", title=say_plain("way_releases"), shelf=shelf_of(request))


def release_page(request: HttpRequest, digits: str) -> HttpResponse:
    """One release."""
    context = release_context(request, digits)
    if context is None:
        return release_gone(request)
    return render_page(
        request,
        "releases/release.html",
        title=say_plain("release", version=context.release.version),
        context=context,
        shelf=context.shelf,
        release=context.release,
        kinds=PLAIN_KINDS,
        kind_names={kind: say_plain(f"release_kind_{kind}") for kind in PLAIN_KINDS},
        language_names=lambda languages: {one.tag: say_language(one.tag) for one in languages},
        provision_names={one: one for one in context.briefs.provisions} if context.briefs is not None else {},
        seen_here=names_of_viewers(context.release),
    )

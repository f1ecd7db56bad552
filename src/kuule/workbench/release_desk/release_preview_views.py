"""Previews of a release, and copies as a ZIP: without scripts, forms or anything from elsewhere, never cached."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from markupsafe import Markup

from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.saying import page_language, say, say_plain
from kuule.workbench.page_rendering import render_page
from kuule.workbench.release_desk.prepared_files import archive_name, prepare_files
from kuule.workbench.release_desk.release_context import (
    ReleaseContext,
    release_context,
    release_gone,
)
from kuule.workbench.release_desk.release_trail import record_download, record_preview
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Permission, check_may
from kuule.workbench.workbench_errors import RELEASES_ROOT

CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".atom": "application/atom+xml",
}
"""What is served of a release; a file of another kind is in its ZIP only."""
_SHOWN = frozenset({".html", ".svg", ".png"})
"""What a page shows. All else is a copy, for those who may download."""
_POLICY = (
    "default-src 'none'; style-src 'self'{hashes}; img-src 'self' data:; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'; sandbox allow-same-origin allow-downloads"
)
"""`allow-same-origin` lets a page load its pictures and be followed from page to page. No script runs in it."""
_OWN_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_TOP = re.compile(r'<body[^>]*>\s*(?:<a class="skip"[^>]*>.*?</a>)?', re.DOTALL)
"""The top of a page, with the link to its text, which comes first for those who use a keyboard."""
_BAR_STYLE = (
    "#kuule-preview{background:#fff3cd;color:#3a2c00;border-bottom:2px solid #3a2c00;padding:.6rem 1rem;margin:0;"
    "font:1rem/1.5 system-ui,sans-serif;text-align:start}"
    "#kuule-preview p{margin:0;max-width:none}#kuule-preview a{color:#3a2c00;text-decoration:underline}"
    "@media screen and (prefers-color-scheme:dark){#kuule-preview{background:#332d22;color:#e6be7a;"
    "border-color:#e6be7a}#kuule-preview a{color:#e6be7a}}"
)
_BAR = '<div id="kuule-preview"{role} lang="{tag}" dir="{direction}"><p>{said} <a href="{back}">{words}</a></p></div>'


def preview_file(request: HttpRequest, digits: str, kind: str, tag: str, name: str, **on: str) -> HttpResponseBase:
    """A page of a preview, or a file that it links to. `on` is what a brief is on: a country and a provision."""
    context = release_context(request, digits)
    if context is None:
        return release_gone(request)
    order = context.order(kind, tag, **on)
    suffix = PurePosixPath(name).suffix
    if suffix not in CONTENT_TYPES:
        raise Http404
    if suffix not in _SHOWN:
        check_may(context.member, Permission.DOWNLOAD_RELEASE)
    content = prepare_files(running_site(), context.release, order).read(name)
    if content is None:
        raise Http404
    if suffix == ".html":
        record_preview(request, context.release, order)
        return _page(content.decode(), context)
    if suffix not in _SHOWN:
        record_download(request, context.release, order)
    return _file(content, PurePosixPath(name))


def ask_for_release(request: HttpRequest, digits: str) -> HttpResponseBase:
    """Posted, `go` leads to a preview, or has all files of one kind in one language come back as a ZIP. An address that
    is only opened leads back to the release."""
    check_may(request_member(request), Permission.SEE_RELEASES)
    context = release_context(request, digits)
    if context is None:
        return release_gone(request)
    if request.method != "POST":
        return HttpResponseRedirect(f"{RELEASES_ROOT}{digits}")
    asked = [request.POST.get(name, "") for name in ("kind", "language", "country", "provision")]
    if request.POST.get("go") == "preview":
        return HttpResponseRedirect(context.address(context.order(*asked)))
    check_may(context.member, Permission.DOWNLOAD_RELEASE)
    order = context.order(*asked)
    prepared = prepare_files(running_site(), context.release, order)
    if prepared.problems and request.POST.get("anyway") != "yes":
        return render_page(
            request,
            "releases/not_whole.html",
            title=say_plain("release_not_whole_tab"),
            context=context,
            order=order,
            prepared=prepared,
        )
    record_download(request, context.release, order)
    named = {"Content-Disposition": f'attachment; filename="{archive_name(context.release, order)}"'}
    return _locked(HttpResponse(prepared.content, content_type="application/zip", headers=named))


def _page(html: str, context: ReleaseContext) -> HttpResponse:
    """A page with the bar of a preview, under this site's headers, which take the place of the page's own policy."""
    where, spoken = Markup("<strong>{}</strong>").format(say("preview_where")), page_language()
    said = (
        say("preview_as", preview=where) if context.release.can_be_published else say("preview_not_yet", preview=where)
    )
    # A landmark among landmarks, and plain text where a page has none.
    role = Markup(' role="region" aria-label="{}"').format(say_plain("preview")) if "<main" in html else ""
    bar = Markup(_BAR).format(  # noqa: S704 -- ours
        role=role,
        tag=spoken.tag,
        direction=spoken.direction,
        said=said,
        back=f"{RELEASES_ROOT}{context.release.digits}",
        words=say("release_back"),
    )
    html = _OWN_POLICY.sub("", html, count=1).replace("</head>", f"<style>{_BAR_STYLE}</style></head>", 1)
    styles = _STYLE.findall(html.partition("</head>")[0])
    html = _TOP.sub(lambda top: f"{top[0]}{bar}", html, count=1)
    return _locked(HttpResponse(html, content_type=CONTENT_TYPES[".html"]), styles)


def _file(content: bytes, name: PurePosixPath) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPES[name.suffix])
    if name.suffix not in _SHOWN:
        response["Content-Disposition"] = f'attachment; filename="{name.name}"'
    return _locked(response)


def _locked(response: HttpResponse, styles: Iterable[str] = ()) -> HttpResponse:
    digests = (base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles)
    response["Content-Security-Policy"] = _POLICY.format(hashes="".join(f" 'sha256-{one}'" for one in digests))
    response["Cache-Control"] = "no-store"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response

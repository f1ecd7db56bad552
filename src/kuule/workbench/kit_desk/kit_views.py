"""The pages of kits: whose there are, a partner's languages, one kit to look at and to take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.core.problems import KuuleError, Problem
from kuule.languages.cldr.tags import Language, find_language
from kuule.study.folder.partner_files import StudyPartner
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import WorkbenchSite, running_site
from kuule.workbench.errands.packed_files import PackedFiles
from kuule.workbench.kit_desk.kit_orders import KIT_ERRANDS, KIT_FOLDER, LOOKS_FOLDER, SHOWN_FILE
from kuule.workbench.kit_desk.kit_reasons import why_not
from kuule.workbench.kit_desk.kit_states import changed_kits, kit_states
from kuule.workbench.kit_desk.partner_kits import (
    MANIFEST_FILE,
    keep_taken,
    kit_languages,
    kit_order,
    kit_partners,
    prepare_kit,
)
from kuule.workbench.kit_desk.shown_kit import ShownKit
from kuule.workbench.member_words.saying import in_their_language, say_between, say_country, say_language, say_plain
from kuule.workbench.page_rendering import render_page
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Permission, check_may

_Made = TypeVar("_Made")
KITS_ROOT = "/kit/"
TAKEN = "took a kit"


def kits_page(request: HttpRequest) -> HttpResponse:
    """The partners whose kits the member may have; of a single one, its languages."""
    member, site = request_member(request), _site_with_kits(request)
    partners, study = kit_partners(member), site.read_study_settings()
    if len(partners) == 1:
        return HttpResponseRedirect(f"{KITS_ROOT}{next(iter(partners))}")
    rows = [(one, [find_language(tag) for tag in kit_languages(member, one, study)]) for one in partners.values()]
    return render_page(request, "kits/partners.html", title=say_plain("kits"), rows=rows)


def partner_page(request: HttpRequest, code: str) -> HttpResponse:
    """A partner's kits, by language, with what each would be now."""
    member, site = request_member(request), _site_with_kits(request)
    partner = _partner(request, code)
    tags = kit_languages(member, partner, site.read_study_settings())
    states = kit_states(site, member, partner, tags)
    lacking = [find_language(tag) for tag in partner.languages if tag not in tags]
    content: dict[str, Any] = {"states": states, "lacking": lacking, "several": len(kit_partners(member)) > 1}
    return render_page(
        request,
        "kits/languages.html",
        title=say_plain("kit_of", organisation=partner.name),
        partner=partner,
        say_why=why_not,
        names_of=_names_of,
        **content,
    )


def kit_page(request: HttpRequest, code: str, tag: str) -> HttpResponse:
    """A kit to look at. When it is posted, all of it as a ZIP."""
    member, site, partner = request_member(request), _site_with_kits(request), _partner(request, code, tag)
    try:
        packed = prepare_kit(site, kit_order(site, member, code, tag))
    except KuuleError as error:
        return _not_yet(request, partner, tag, error.problems)
    shown = _read(packed, SHOWN_FILE, ShownKit.from_json)
    if request.method == "POST":
        _take(request, site, packed, code, tag)
        name = "-".join((site.read_study_settings().id, "kit", code, tag, *(["draft"] if shown.draft else [])))
        return _attached(_kit_archive(packed), "application/zip", f"{name}.zip")
    changed = changed_kits(site, member, partner, (tag,), exact=True)
    return render_page(
        request,
        "kits/kit.html",
        title=say_plain("kit_in", language=say_language(tag)),
        partner=partner,
        country=say_country(partner.country, partner.country),
        language=find_language(tag),
        kit=shown,
        source_language=site.read_study_settings().source_language,
        help_mark=in_their_language(shown.help, tag),
        changed=changed[0] if changed else None,
        say_why=why_not,
        here=f"{KITS_ROOT}{code}/{tag}",
    )


def kit_file(request: HttpRequest, code: str, tag: str, name: str) -> HttpResponse:
    """A PDF of a kit, or a picture, to keep."""
    site, packed = _packed(request, code, tag)
    content = _read(packed, f"{KIT_FOLDER}/{name}", bytes)
    if name.endswith(".png"):
        return _picture(content)
    _take(request, site, packed, code, tag, name)
    return _attached(content, "application/pdf", f"{code}-{tag}-{name}")


def kit_look(request: HttpRequest, code: str, tag: str, name: str) -> HttpResponse:
    """A picture of what is on paper."""
    _, packed = _packed(request, code, tag)
    return _picture(_read(packed, f"{LOOKS_FOLDER}/{name}", bytes))


def _site_with_kits(request: HttpRequest) -> WorkbenchSite:
    """Raises NotAllowed, and Http404 where the study has no kits."""
    check_may(request_member(request), Permission.SEE_KIT)
    site = running_site()
    if not site.has_kits:
        raise Http404
    return site


def _partner(request: HttpRequest, code: str, tag: str | None = None) -> StudyPartner:
    """The partner that an address names. Raises NotAllowed, and Http404 for what is not the member's to know of."""
    member = request_member(request)
    partner = kit_partners(member).get(code)
    if partner is None:
        raise Http404
    if tag is not None:
        study = running_site().read_study_settings()
        if tag not in partner.languages or tag not in study.languages:
            raise Http404
        check_may(member, Permission.SEE_KIT, None if tag == study.source_language else tag)
    return partner


def _packed(request: HttpRequest, code: str, tag: str) -> tuple[WorkbenchSite, PackedFiles]:
    site = _site_with_kits(request)
    _partner(request, code, tag)
    return site, prepare_kit(site, kit_order(site, request_member(request), code, tag))


def _take(
    request: HttpRequest, site: WorkbenchSite, packed: PackedFiles, code: str, tag: str, name: str = "all"
) -> None:
    keep_taken(site, code, tag, _read(packed, f"{KIT_FOLDER}/{MANIFEST_FILE}", bytes))
    record_action(request, TAKEN, f"{code}, {tag}, {name}")


def _not_yet(request: HttpRequest, partner: StudyPartner, tag: str, problems: tuple[Problem, ...]) -> HttpResponse:
    language = find_language(tag)
    return render_page(
        request,
        "kits/not_yet.html",
        title=say_plain("kit_none", language=say_language(tag)),
        partner=partner,
        language=language,
        problems=problems,
        again=any(one.code == KIT_ERRANDS.code for one in problems),
        say_why=why_not,
    )


def _names_of(languages: Sequence[Language]) -> str:
    return say_between().join(say_language(one.tag) for one in languages)


def _kit_archive(packed: PackedFiles) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name in packed.names():
            folder, _, file = name.partition("/")
            if folder == KIT_FOLDER:
                archive.writestr(file, packed.read(name) or b"")
    return made.getvalue()


def _read(packed: PackedFiles, name: str, made: Callable[[bytes], _Made]) -> _Made:
    content = packed.read(name)
    if content is None:
        raise Http404
    return made(content)


def _picture(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/png", headers={"Cache-Control": "no-store"})


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)

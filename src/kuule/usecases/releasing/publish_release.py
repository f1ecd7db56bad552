"""Publishing a release: its pages in every reviewed language, its tables as files and its report, in one folder for any
web server. Nothing but the folder of the release is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

from kuule.core.locks import exclusive_lock
from kuule.core.problems import Problem, PublishingError
from kuule.core.suggestions import did_you_mean
from kuule.publishing.release_site.figure_pictures import png_pictures_or_problems
from kuule.publishing.release_site.internal_links import PageLinks, check_links, page_links
from kuule.publishing.release_site.language_pages import SiteOrder, language_files, release_language, site_order
from kuule.publishing.release_site.release_language import ReleaseLanguage
from kuule.publishing.release_site.site_folder import check_site_place, replaced_site
from kuule.publishing.release_site.site_manifest import MANIFEST_FILE, SiteManifest
from kuule.releases.lineage import read_releases
from kuule.releases.publication_checks import check_release_can_be_published
from kuule.releases.publication_release import PublicationRelease
from kuule.releases.release_folder import read_release
from kuule.usecases.releasing.release_reports import ALL
from kuule.usecases.reporting.report_files import render_report
from kuule.usecases.worker_processes import map_in_processes

_ALONE = 3
"""Up to this many languages are made sooner than a second process could start."""


@dataclass(frozen=True, slots=True)
class PublishOptions:
    """`languages` are tags, or ALL; by default every language that people have reviewed. `drafts` allows words that
    nobody has reviewed, and `preview` a release that cannot be published yet; every page says either. With `pdf`, the
    report is there as a PDF as well."""

    languages: tuple[str, ...] = ()
    drafts: bool = False
    preview: bool = False
    pdf: bool = True


@dataclass(frozen=True, slots=True)
class PublishedSite:
    """What was published: the languages, how many files, the heaviest page with its bytes, and the languages that were
    left out since people have not reviewed all of their words. `pdf_problems` say why a PDF is missing."""

    folder: Path
    languages: tuple[str, ...]
    files: int
    heaviest: tuple[str, int]
    left_out: tuple[str, ...] = ()
    pdf_problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _WrittenLanguage:
    """The files of a language with their hashes, what its pages link to, and the heaviest of them."""

    files: Mapping[str, str]
    pages: Mapping[str, PageLinks]
    heaviest: tuple[str, int]
    problems: tuple[Problem, ...]


DEFAULT_PUBLISH_OPTIONS = PublishOptions()


def publish_release(
    path: Path, to: Path, *, today: date, options: PublishOptions = DEFAULT_PUBLISH_OPTIONS
) -> PublishedSite:
    """Publish a release into a folder, which has the new site at once and whole. What others have put there stays.

    Raises PublishingError: RELEASE_001 to RELEASE_005 (it cannot be read), RELEASE_010 to RELEASE_012 and RELEASE_020
    (it cannot be published yet), RELEASE_021 to RELEASE_024 (what is missing of it), PUBLISH_001 and PUBLISH_002 (a
    language), PUBLISH_003 and PUBLISH_006 (the place), PUBLISH_004 and PUBLISH_005 (a page).
    """
    folder = read_release(path)
    if not options.preview:
        check_release_can_be_published(folder, today=today)
    check_site_place(to, path)
    known, _ = read_releases(folder.path.resolve().parent)
    order = site_order(folder, known, tuple(folder.release.wordings), today=today)
    order, left_out = _with_languages(order, options)
    held = to.with_name(f".{to.name}.held")
    held.parent.mkdir(parents=True, exist_ok=True)
    with exclusive_lock(held, lambda: None), replaced_site(to) as draft:
        written = _write_languages(order, draft, pdf=options.pdf)
        files = {name: known for one in written for name, known in one.files.items()}
        check_links({name: links for one in written for name, links in one.pages.items()}, files)
        manifest = SiteManifest(folder.release.study, folder.release.description.version, folder.content, files)
        (draft / MANIFEST_FILE).write_bytes(manifest.to_json())
    return PublishedSite(
        folder=to,
        languages=order.tags,
        files=len(files) + 1,
        heaviest=max((one.heaviest for one in written), key=lambda one: one[1]),
        left_out=left_out,
        pdf_problems=tuple(problem for one in written for problem in one.problems),
    )


def _with_languages(order: SiteOrder, options: PublishOptions) -> tuple[SiteOrder, tuple[str, ...]]:
    """The order with the languages that are published, and those that are left out. Raises PublishingError."""
    release = order.folder.release
    asked = _asked_languages(options.languages, release)
    if options.drafts or options.preview or release.origin.rehearsal:
        return replace(order, tags=asked), ()
    unready = {tag: problem for tag in asked if (problem := _unready(release_language(order, tag)))}
    ready = tuple(tag for tag in asked if tag not in unready)
    if unready and (options.languages or not ready):
        raise PublishingError(*unready.values())
    return replace(order, tags=ready), tuple(unready)


def _asked_languages(asked: Sequence[str], release: PublicationRelease) -> tuple[str, ...]:
    """The languages in the order of the release, the study's own first. Raises PublishingError RELEASE_022."""
    known = tuple(release.wordings)
    for tag in asked:
        if tag not in (*known, ALL):
            remedy = did_you_mean(tag, known, f"name one of {', '.join(known)}, or {ALL}")
            problem = Problem("RELEASE_022", f"--language {tag}", f"the release has no language {tag!r}", remedy)
            raise PublishingError(problem)
    return known if not asked or ALL in asked else tuple(tag for tag in known if tag in asked)


def _unready(site: ReleaseLanguage) -> Problem | None:
    """Why people cannot be given the pages of a language yet; None if they can."""
    place = f"--language {site.tag}"
    if site.borrowed:
        remedy = "have the rest translated and reviewed, leave the language out, or add --drafts, which every page says"
        return Problem("PUBLISH_002", place, "a part of its words is not translated", remedy)
    if site.draft:
        remedy = "have a person review them, leave the language out, or add --drafts, which every page says"
        return Problem("PUBLISH_001", place, "some of its words are a draft that nobody has reviewed", remedy)
    return None


def _write_languages(order: SiteOrder, draft: Path, *, pdf: bool) -> tuple[_WrittenLanguage, ...]:
    orders = [_order_of_language(order, tag) for tag in order.tags]
    work = partial(_write_language, draft=draft, pdf=pdf)
    if len(orders) <= _ALONE:
        return tuple(work(one, tag) for one, tag in zip(orders, order.tags, strict=True))
    return tuple(map_in_processes(work, orders, order.tags))


def _order_of_language(order: SiteOrder, tag: str) -> SiteOrder:
    """The order with the words of one language and of the study's own, which is all that its pages need."""
    release = order.folder.release
    kept = dict.fromkeys((next(iter(release.wordings)), tag))
    narrow = replace(
        release,
        wordings={one: release.wordings[one] for one in kept},
        languages={one: release.languages[one] for one in kept},
    )
    return replace(order, folder=replace(order.folder, release=narrow))


def _write_language(order: SiteOrder, tag: str, *, draft: Path, pdf: bool) -> _WrittenLanguage:
    """Write all files of a language into the folder of the site."""
    site = release_language(order, tag)
    # Before the report, after which the typesetter forgets what it has set.
    pngs, missing = png_pictures_or_problems(site) if pdf else ({}, ())
    report = render_report(site.view, pdf=pdf)
    made = {"report.html": report.html, **({"report.pdf": report.pdf} if report.pdf is not None else {})}
    files = language_files(site, made, pngs)
    place = site.folders.folder(tag)
    for name, content in files.contents.items():
        path = draft / place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    heaviest = max(files.pages, key=lambda name: len(files.contents[name]))
    return _WrittenLanguage(
        {f"{place}{name}": sha256(content).hexdigest() for name, content in files.contents.items()},
        {f"{place}{name}": page_links(html) for name, html in files.pages.items()},
        (f"{place}{heaviest}", len(files.contents[heaviest])),
        report.problems or missing,
    )

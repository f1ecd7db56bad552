"""The page of the release: its version, what changed, who saw it early, how to cite it, and those before it; and the
feed that says the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kuule.publishing.release_site.data_page import site_base
from kuule.publishing.release_site.release_language import ReleaseLanguage, SitePageView
from kuule.publishing.release_site.site_plan import RELEASE_FEED
from kuule.releases.approvals import approval_state
from kuule.releases.publication_release import ReleaseDescription
from kuule.static_site.atom_xml import AtomEntry, AtomFeed, atom_bytes
from kuule.static_site.bibtex import bibtex_entry, bibtex_text

_ATTRIBUTION_ONLY = re.compile(r"CC[ -]BY[ -](4\.0|3\.0)", re.IGNORECASE)
"""Licences under which anybody may share and adapt; those with SA, NC or ND ask for more."""


@dataclass(frozen=True, slots=True)
class ReleaseVersion:
    """One release: `kind` is amends, follows or first; `change` says what changed, `language` is that of `change` if it
    is not that of the page."""

    version: str
    day: date
    content: str
    kind: str
    change: str
    language: str = ""


def release_page(site: ReleaseLanguage) -> SitePageView:
    """The page `release`."""
    content = {
        "versions": release_versions(site),
        "approval": str(approval_state(site.release, site.content)),
        "bibtex": release_bibtex(site),
        "licence_address": _licence_address(site.release.description.licence),
    }
    return SitePageView("release", "release.html", site.say.say_plain("page_release"), content)


def _licence_address(licence: str) -> str:
    """The text of the licence, if it is one that asks for attribution only (CC BY); else ""."""
    found = _ATTRIBUTION_ONLY.fullmatch(licence.strip())
    return f"https://creativecommons.org/licenses/by/{found[1]}/" if found else ""


def release_versions(site: ReleaseLanguage) -> tuple[ReleaseVersion, ...]:
    """This release and those before it, the newest first."""
    source = next(iter(site.release.wordings))
    known = (
        (site.release.description, site.content),
        *((one.release.description, one.content) for one in site.earlier),
    )
    return tuple(_version(description, content, site.tag, source) for description, content in known)


def release_feed(site: ReleaseLanguage) -> bytes:
    """The feed of releases in the language of the pages."""
    versions = release_versions(site)
    feed = AtomFeed(
        tag=site.tag,
        site=f"release:{site.release.study}",
        title=site.say.say_plain("feed_title", title=site.view.title),
        author=site.notes.publisher,
        rights=site.notes.licence,
        base=site_base(site),
        file=RELEASE_FEED,
        page="release.html",
        updated=versions[0].day,
    )
    return atom_bytes(feed, (_entry(site, one) for one in versions))


def _entry(site: ReleaseLanguage, one: ReleaseVersion) -> AtomEntry:
    return AtomEntry(
        name=one.content,
        title=site.say.say_plain("feed_entry", title=site.view.title, version=one.version),
        on=one.day,
        address=f"release.html#v{one.version}",
        summary=one.change or site.say.say_plain(f"change_{one.kind}"),
        summary_language=one.language,
        category=one.kind,
    )


def _version(known: ReleaseDescription, content: str, tag: str, source: str) -> ReleaseVersion:
    texts = {change.language: change.text for change in known.changes}
    kind = "amends" if known.amends else "follows" if known.follows else "first"
    if tag in texts:
        return ReleaseVersion(known.version, known.day, content, kind, texts[tag])
    return ReleaseVersion(known.version, known.day, content, kind, texts.get(source, ""), source)


def release_bibtex(site: ReleaseLanguage) -> str:
    """The release as an entry of BibTeX."""
    notes = site.notes
    fields = {
        "author": f"{{{bibtex_text(notes.publisher)}}}",
        "title": f"{{{bibtex_text(site.view.title)}}}",
        "year": str(notes.day.year),
        "month": str(notes.day.month),
        "note": f"Version {bibtex_text(notes.version)}, {notes.day.isoformat()}. {bibtex_text(notes.licence)}",
        **({"url": notes.address} if notes.address else {}),
    }
    return bibtex_entry(f"{site.release.study}-{notes.version}", fields)

"""The changes of a register as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence

from kuule.register.data_model.strict_model import first_day
from kuule.register.site.page_addresses import FEED_FILE, FOLDERS
from kuule.register.site.register_changes import Change
from kuule.register.site.site_language import SiteLanguage
from kuule.register.texts.register_texts import SOURCE_LANGUAGE
from kuule.static_site.atom_xml import AtomEntry, AtomFeed, atom_bytes

MOST_ENTRIES = 100
"""The newest; the page of changes has them all."""


def atom_feed(site: SiteLanguage, changes: Sequence[Change]) -> bytes:
    """The feed in the language of the pages. An entry was last updated on the day of its change."""
    settings = site.register.settings
    known = [one for one in changes if first_day(one.on) <= site.today][:MOST_ENTRIES]
    feed = AtomFeed(
        tag=site.texts.tag,
        site=f"register:{settings.id}",
        title=site.texts.say_plain("feed_title", title=site.texts.text("register:title")),
        author=settings.publisher,
        rights=settings.licence,
        base=_base(site),
        file=FEED_FILE,
        page="changes.html",
        updated=max((first_day(one.on) for one in known), default=settings.as_of),
    )
    return atom_bytes(feed, map(_entry, known))


def _entry(change: Change) -> AtomEntry:
    return AtomEntry(
        name=change.key,
        title=change.words.striptags(),
        on=first_day(change.on),
        address=change.address,
        summary=change.summary,
        summary_language=SOURCE_LANGUAGE,
        category=str(change.kind),
    )


def _base(site: SiteLanguage) -> str:
    """The address of the folder of pages, where the register has one; else links are relative to the feed."""
    address = site.register.settings.address
    return f"{address.rstrip('/')}/{FOLDERS.folder(site.texts.tag)}" if address else ""

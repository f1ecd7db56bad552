"""The changes of a register as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from kuule.register.data_model.strict_model import first_day
from kuule.register.site.page_addresses import FEED_FILE, language_folder
from kuule.register.site.register_changes import Change
from kuule.register.site.site_language import SiteLanguage
from kuule.register.texts.register_texts import SOURCE_LANGUAGE

ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MOST_ENTRIES = 100
"""The newest; the page of changes has them all."""


def atom_feed(site: SiteLanguage, changes: Sequence[Change]) -> bytes:
    """The feed in the language of the pages. The id of an entry is made of what changed, so it is the same in every
    language and every build; an entry was last updated on the day of its change."""
    settings = site.register.settings
    root = etree.Element(f"{{{ATOM}}}feed", {_LANGUAGE: site.texts.tag}, nsmap={None: ATOM})  # type: ignore[dict-item]  # lxml takes None for the default
    _add(root, "title", site.texts.say_plain("feed_title", title=site.texts.text("register:title")))
    _add(root, "id", _id(f"{settings.id}/feed/{site.texts.tag}"))
    known = [one for one in changes if first_day(one.on) <= site.today][:MOST_ENTRIES]
    _add(root, "updated", _moment(max((first_day(one.on) for one in known), default=settings.as_of)))
    author = etree.SubElement(root, f"{{{ATOM}}}author")
    _add(author, "name", settings.publisher)
    _add(root, "rights", settings.licence)
    base = _base(site)
    _link(root, "self", f"{base}{FEED_FILE}", "application/atom+xml")
    _link(root, "alternate", f"{base}changes.html", "text/html")
    for one in known:
        _entry(root, settings.id, one, base)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entry(root: etree._Element, register: str, change: Change, base: str) -> None:
    entry = etree.SubElement(root, f"{{{ATOM}}}entry")
    _add(entry, "title", _words(change))
    _add(entry, "id", _id(f"{register}/{change.key}"))
    _add(entry, "updated", _moment(first_day(change.on)))
    _link(entry, "alternate", f"{base}{change.address}", "text/html")
    etree.SubElement(entry, f"{{{ATOM}}}category", {"term": str(change.kind)})
    summary = _add(entry, "summary", change.summary)
    summary.set(_LANGUAGE, SOURCE_LANGUAGE)


def _words(change: Change) -> str:
    return " ".join(change.words.striptags().split())


def _add(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = "".join(one for one in text if one.isprintable() or one in "\n\t")
    return element


def _link(parent: etree._Element, rel: str, address: str, kind: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": address, "type": kind})


def _id(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'kuule:register:{name}')}"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _base(site: SiteLanguage) -> str:
    """The address of the folder of pages, where the register has one; else links are relative to the feed."""
    address = site.register.settings.address
    return f"{address.rstrip('/')}/{language_folder(site.texts.tag)}" if address else ""

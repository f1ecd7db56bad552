"""A feed of a site as Atom (RFC 4287), which any reader of news understands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """One entry. `name` is what it is called for ever, whatever its words; `address` is that of its page from `base`.
    `summary_language` is "" if the summary is in the language of the feed."""

    name: str
    title: str
    on: date
    address: str
    summary: str
    summary_language: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """A feed in the language `tag`. `base` is the address of the folder of its pages, with its slash; "" if it is not
    known, so that links are relative to the feed. `file` and `page` are the feed's own file, and the page that says the
    same. `site` is a name that no other site has."""

    tag: str
    site: str
    title: str
    author: str
    rights: str
    base: str
    file: str
    page: str
    updated: date


def atom_bytes(feed: AtomFeed, entries: Iterable[AtomEntry]) -> bytes:
    """The feed. The id of an entry is made of its name, so it is the same in every language and every build."""
    root = etree.Element(f"{{{ATOM}}}feed", {_LANGUAGE: feed.tag}, nsmap={None: ATOM})  # type: ignore[dict-item]  # lxml takes None for the default
    _add(root, "title", feed.title)
    _add(root, "id", _id(f"{feed.site}/feed/{feed.tag}"))
    _add(root, "updated", _moment(feed.updated))
    author = etree.SubElement(root, f"{{{ATOM}}}author")
    _add(author, "name", feed.author)
    _add(root, "rights", feed.rights)
    _link(root, "self", f"{feed.base}{feed.file}", "application/atom+xml")
    _link(root, "alternate", f"{feed.base}{feed.page}", "text/html")
    for one in entries:
        _entry(root, feed, one)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entry(root: etree._Element, feed: AtomFeed, one: AtomEntry) -> None:
    entry = etree.SubElement(root, f"{{{ATOM}}}entry")
    _add(entry, "title", " ".join(one.title.split()))
    _add(entry, "id", _id(f"{feed.site}/{one.name}"))
    _add(entry, "updated", _moment(one.on))
    _link(entry, "alternate", f"{feed.base}{one.address}", "text/html")
    if one.category:
        etree.SubElement(entry, f"{{{ATOM}}}category", {"term": one.category})
    summary = _add(entry, "summary", one.summary)
    if one.summary_language:
        summary.set(_LANGUAGE, one.summary_language)


def _add(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = "".join(one for one in text if one.isprintable() or one in "\n\t")
    return element


def _link(parent: etree._Element, rel: str, address: str, kind: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": address, "type": kind})


def _id(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'kuule:{name}')}"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"

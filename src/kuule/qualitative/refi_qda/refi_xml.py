"""XML that somebody gave us: read without entities, document types and anything from elsewhere, and told apart by its
namespace. What it means is read by `qde_reading`."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from kuule.qualitative.project_model.project_problems import ProjectError, project_error
from kuule.qualitative.refi_qda.exchange_guids import read_guid
from kuule.qualitative.refi_qda.exchanged_project import Guid
from kuule.qualitative.refi_qda.plain_text import writable

_KINDS = {
    "Project": ("project", frozenset({"1.0", "1:0"})),
    "CodeBook": ("codebook", frozenset({"1.0", "1:0", "0:4"})),
}
"""By the name of a root: its kind in the namespace, and the versions that are read. The two with a colon are in files
of NVivo."""
_NAMESPACE = re.compile(r"urn:QDA-XML:(project|codebook):(.*)")
_LONGEST_GUID = 60
_PIECE = 1 << 20
MOST_TAGS, MOST_ATTRIBUTES = 1_200_000, 2_000_000
"""Each takes memory, however short it is written. 9,000 texts with a dozen codings each make half of them."""


def read_root(content: bytes, place: str, name: str) -> XmlPart:
    """The root of a document, which has to have this name.

    Raises ProjectError PROJECT_054 (too much in it), PROJECT_056 (not UTF-8, not whole, or it has a document type),
    PROJECT_057 (something else, or of a version that is not known).
    """
    _check_size(content, place)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        cause = f"its XML is not whole, or larger and deeper than such files are ({str(error)[:120]})"
        raise project_error("PROJECT_056", f"{place}, line {line}", cause, "export it again") from None
    if root.getroottree().docinfo.internalDTD is not None:
        cause = "its XML has a document type, which can hold instructions and which the standard does not have"
        raise project_error("PROJECT_056", place, cause, "export it again; do not use a file from somebody unknown")
    _check_version(root, place, name)
    return XmlPart(root, place)


def _check_size(content: bytes, place: str) -> None:
    decoder = getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(content), _PIECE):
            decoder.decode(content[at : at + _PIECE], final=at + _PIECE >= len(content))
    except UnicodeDecodeError:
        remedy = "export it again: the standard wants UTF-8"
        raise project_error("PROJECT_056", f"{place}, line 1", "its XML is not UTF-8", remedy) from None
    if content.count(b"<") > MOST_TAGS or content.count(b"=") > MOST_ATTRIBUTES:
        cause = f"its XML has more than {MOST_TAGS:,} tags or {MOST_ATTRIBUTES:,} attributes"
        raise project_error("PROJECT_054", place, cause, "export it in parts, or without what is not text and codes")


def _check_version(root: etree._Element, place: str, name: str) -> None:
    tag = etree.QName(root)
    kind, versions = _KINDS[name]
    found = _NAMESPACE.fullmatch(tag.namespace or "")
    if tag.localname == name and found is not None and found[1] == kind:
        if found[2] in versions:
            return
        cause = f"it is of version {found[2][:20]!r} of REFI-QDA, and {', '.join(sorted(versions))} are known"
        raise project_error("PROJECT_057", place, cause, "export it again as REFI-QDA 1.0 or 1.5")
    cause = (
        f"it begins with {tag.localname[:40]!r} of {(tag.namespace or 'no namespace')[:60]!r}, and not with {name!r}"
    )
    remedy = "give a REFI-QDA project as .qdpx, and a codebook as .qdc"
    raise project_error("PROJECT_057", place, cause, remedy)


@dataclass(frozen=True, slots=True)
class XmlPart:
    """An element, and what can be asked of it. What is missing or too long is told with its line."""

    element: etree._Element
    place: str

    @property
    def name(self) -> str:
        return etree.QName(self.element).localname

    def parts(self, *names: str) -> Iterator[XmlPart]:
        """The elements right below, of its own namespace; those with one of some names, or all."""
        namespace = etree.QName(self.element).namespace
        for child in self.element:
            if isinstance(child.tag, str):
                tag = etree.QName(child)
                if tag.namespace == namespace and (not names or tag.localname in names):
                    yield XmlPart(child, self.place)

    def part(self, name: str) -> XmlPart | None:
        return next(self.parts(name), None)

    def text(self, name: str, *, longest: int) -> str:
        """The words of the element with a name right below; "" if there is none. Raises ProjectError PROJECT_058."""
        found = self.part(name)
        words = "" if found is None else "".join(map(str, found.element.itertext()))
        if len(words) > longest:
            raise self.unusable(f"a {name} has {len(words):,} characters, and at most {longest:,} are read")
        return writable(words)

    def attribute(self, name: str, *, longest: int) -> str:
        """An attribute, "" if there is none. Raises ProjectError PROJECT_058."""
        value = self.element.get(name, "")
        if len(value) > longest:
            raise self.unusable(f"its {name} has {len(value):,} characters, and at most {longest:,} are read")
        return writable(value)

    def guid(self, name: str = "guid") -> Guid:
        """A GUID that has to be there. Raises ProjectError PROJECT_058."""
        found = self.maybe_guid(name)
        if found is None:
            raise self.unusable(f"its {name} is {self.element.get(name, '')[:_LONGEST_GUID]!r}, which is no GUID")
        return found

    def maybe_guid(self, name: str) -> Guid | None:
        return read_guid(self.element.get(name))

    def number(self, name: str) -> int:
        """A position. Raises ProjectError PROJECT_058."""
        value = self.element.get(name, "")
        if not re.fullmatch(r"\s*[+-]?[0-9]{1,9}\s*", value, re.ASCII):
            raise self.unusable(f"its {name} is {value[:20]!r}, which is no position")
        return int(value)

    def unusable(self, cause: str) -> ProjectError:
        line = self.element.sourceline
        place = f"{self.place}, line {line}" if line else self.place
        remedy = "export it again from the program that wrote it; nothing was taken in"
        return project_error("PROJECT_058", f"{place}, {self.name}", cause, remedy)

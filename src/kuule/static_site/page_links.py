"""Links between the pages of a site: one folder for its first language, and a folder in it for each other one, so that
addresses stay when languages are added."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from kuule.languages.cldr.tags import find_language


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in a language."""

    tag: str
    autonym: str
    direction: str
    address: str


@dataclass(frozen=True, slots=True)
class LanguageFolders:
    """Where the pages of each language are. Those of the language `first` are not in a folder of their own."""

    first: str

    def folder(self, tag: str) -> str:
        """The folder of a language with its slash; "" for the first."""
        return "" if tag == self.first else f"{tag}/"

    def other_language(self, from_tag: str, to_tag: str, file: str) -> str:
        """The address of a file of another language, as a link."""
        if from_tag == to_tag:
            return file
        return f"{self.way_to_root(from_tag)}{self.folder(to_tag)}{file}"

    def at_root(self, tag: str, file: str) -> str:
        """The address of a file that all languages share, as a link."""
        return f"{self.way_to_root(tag)}{file}"

    def way_to_root(self, tag: str) -> str:
        """The way from a page of a language to the folder of the whole site."""
        return "../" if self.folder(tag) else ""

    def link(self, from_tag: str, to_tag: str, file: str) -> LanguageLink:
        """A link to a file of a language, with the language's own name."""
        spoken = find_language(to_tag)
        return LanguageLink(to_tag, spoken.autonym, spoken.direction, self.other_language(from_tag, to_tag, file))


def is_web_address(address: str) -> bool:
    """Whether an address may be a link: nothing but the web."""
    return re.match(r"https?://", address) is not None


def shown_host(address: str) -> str:
    """The name of the machine that an address leads to."""
    return urlsplit(address).hostname or address

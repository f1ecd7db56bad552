"""The addresses of a register's pages: stable names in one folder, and a folder beside them for each other language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from kuule.core.problems import Problem
from kuule.register.data_model.whole_register import Register
from kuule.register.reading.yaml_documents import RegisterError
from kuule.register.texts.register_texts import SOURCE_LANGUAGE

FIXED_PAGES = ("index", "standards", "changes", "due", "actions", "until", "how", "cite", "help")
"""Pages that every register has, in the order of their links."""
OPEN_ANCHOR = "open"
"""Where a country's page lists what nobody has read: no provision can have this name, whose values have anchors too."""
FEED_FILE = "changes.atom"
CALENDARS_FOLDER = "calendars"
DATA_FOLDER = "data"


def page_file(name: str) -> str:
    """The file of a page. Countries have their codes as names, provisions their ids."""
    return f"{name}.html"


def until_name(country: str) -> str:
    """The name of a country's page with the table of deadlines."""
    return f"until-{country}"


def language_folder(tag: str) -> str:
    """Where the pages of a language are; "" for English, so that its addresses stay when languages are added."""
    return "" if tag == SOURCE_LANGUAGE else f"{tag}/"


def other_language(from_tag: str, to_tag: str, file: str) -> str:
    """The address of the same page in another language, as a link."""
    if from_tag == to_tag:
        return file
    up = "../" if language_folder(from_tag) else ""
    return f"{up}{language_folder(to_tag)}{file}"


def at_root(tag: str, file: str) -> str:
    """The address of a file that all languages share, as a link."""
    return f"../{file}" if language_folder(tag) else file


def shown_host(address: str) -> str:
    """The name of the machine that an address leads to."""
    return urlsplit(address).hostname or address


def check_names(register: Register) -> None:
    """Raises RegisterError REGISTER_030: two pages would have one name, or a provision that of an anchor. Capitals make
    no difference, since they make none on many disks."""
    counts = Counter(name.casefold() for name in _names(register))
    twice = sorted(name for name, count in counts.items() if count > 1)
    if twice:
        raise RegisterError(
            *(
                Problem(
                    "REGISTER_030",
                    f"provisions/{name}.yaml",
                    f"{name} is already the name of something else on the pages of a register",
                    "give the provision another id",
                )
                for name in twice
            )
        )


def _names(register: Register) -> Iterator[str]:
    yield from FIXED_PAGES
    yield from (CALENDARS_FOLDER, DATA_FOLDER, OPEN_ANCHOR)
    yield from register.provisions
    for country in dict.fromkeys((*register.settings.countries, *register.settings.also_seen)):
        yield country
        yield until_name(country)

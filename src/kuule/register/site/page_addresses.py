"""The addresses of a register's pages: stable names in one folder, and a folder beside them for each other language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.register.data_model.whole_register import Register
from kuule.register.reading.yaml_documents import RegisterError
from kuule.register.texts.register_texts import SOURCE_LANGUAGE
from kuule.static_site.page_links import LanguageFolders

FIXED_PAGES = ("index", "standards", "changes", "due", "actions", "until", "how", "cite", "help")
"""Pages that every register has, in the order of their links."""
OPEN_ANCHOR = "open"
"""Where a country's page lists what nobody has read: no provision can have this name, whose values have anchors too."""
FEED_FILE = "changes.atom"
CALENDARS_FOLDER = "calendars"
DATA_FOLDER = "data"
FOLDERS = LanguageFolders(SOURCE_LANGUAGE)
"""English has no folder of its own."""


def page_file(name: str) -> str:
    """The file of a page. Countries have their codes as names, provisions their ids."""
    return f"{name}.html"


def until_name(country: str) -> str:
    """The name of a country's page with the table of deadlines."""
    return f"until-{country}"


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

"""The header of a PO file that is sent out, with every field that gettext's own programs ask for.

The files that a study keeps have fewer: what changes with each saving would be a conflict between two branches, and
what an editor writes there may be a name. Nothing of a header comes back.
"""

from __future__ import annotations

from importlib.metadata import version

from babel import Locale, UnknownLocaleError
from babel.messages.plurals import get_plural

from kuule.languages.cldr.tags import find_language


def po_headers(project: str, language: str, day: str) -> dict[str, str]:
    """The fields by name. `project` is what the texts are of, `language` the tag of the translation, `day` that of the
    export, such as 2026-11-28."""
    fields = {
        "Project-Id-Version": project,
        "PO-Revision-Date": f"{day} 00:00+0000",
        "Last-Translator": "whoever has this role, without a name <role@localhost>",
        "Language-Team": f"{find_language(language).english} <role@localhost>",
    }
    plurals = _plural_forms(language)
    return {**fields, **({"Plural-Forms": plurals} if plurals else {}), "X-Generator": f"Kuule {version('kuule')}"}


def _plural_forms(language: str) -> str:
    """The forms of CLDR as gettext writes them. No text of ours has any: editors ask for them when they open a file."""
    try:
        return str(get_plural(Locale.parse(language, sep="-")).plural_forms)
    except (UnknownLocaleError, ValueError):
        return ""

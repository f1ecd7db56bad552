"""The kinds of files that translators are given, apart from what writes them: the command line offers them by name."""

from __future__ import annotations

from enum import StrEnum


class TranslationFormat(StrEnum):
    """PO for Weblate and Poedit, XLIFF for agencies (2.1, and 1.2 for older programs), an XLSForm with every language
    for ODK and KoboToolbox."""

    PO = "po"
    XLIFF = "xliff"
    XLIFF_12 = "xliff12"
    XLSFORM = "xlsform"

"""What the page after sending says of what comes next: by when there are results, and where.

Only what study.toml says. Where it names no day or no address, or the day is over, the page says nothing of it.
"""

from __future__ import annotations

from datetime import date

from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.languages.cldr.locale_formats import format_day
from kuule.languages.cldr.numbers import format_number


def sent_content(served: ServedEdition, language: ServedLanguage, today: date) -> dict[str, object]:
    """What the template `pages/sent.html` shows besides the code and the help."""
    study, tag = served.edition.study, language.language.tag
    by = study.after.results_by
    return {
        "base": format_number(study.disclosure.smallest_base, tag),
        "results_by": format_day(by.isoformat(), tag) if by is not None and today <= by else "",
        "results_at": study.after.results_at,
    }

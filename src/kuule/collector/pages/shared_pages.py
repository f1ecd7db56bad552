"""Whole pages that everybody in one language sees alike, but for a token, a code or a link: the first page, the one
before sending, and the thanks.

Each is made once a day, as what help may be shown depends on the day, and what is of one person is filled into its
holes. Most of the thanks is a list of two hundred countries, which took a millisecond for each person (decision 0157).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date

from markupsafe import escape

from kuule.collector.pages.page_renderer import HiddenFields
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.web.skeleton import Hole, Skeleton


def shared_page(
    served: ServedEdition, language: ServedLanguage, day: date, key: Hashable, render: Callable[[Hole], str]
) -> Skeleton:
    """The page that `render` makes, with holes. `key` has the name of its template and all that it depends on besides
    the edition, the language and the day: nothing that somebody wrote, chose or was given."""
    pages = served.shared_pages
    return pages.get(day, (language.language.tag, key), lambda: Skeleton.from_template(render))


def hidden_holes(hole: Hole) -> HiddenFields:
    """Holes in the place of the hidden fields of a visit."""
    return HiddenFields(hole("token"), hole("page"), hole("even"))


def hidden_fillings(hidden: HiddenFields) -> dict[str, str]:
    """What belongs into these holes."""
    return {"token": hidden.token, "page": str(escape(hidden.page)), "even": hidden.even}

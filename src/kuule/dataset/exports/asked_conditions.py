"""The condition under which an item is asked, with the names that its variables have in an export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kuule.dataset.schema.codebook import CodebookItem
from kuule.forms.model.paths import replace_paths

_SPACES = re.compile(r"\s+")


def condition_in_names(item: CodebookItem, items: Iterable[CodebookItem], names: Mapping[str, str]) -> str:
    """The condition of an item with its paths replaced by names of variables, or of questions that have several. Of
    versions of a question, that of the same edition."""
    together = (each for each in items if item.editions[-1] in each.editions)
    known = {each.path: names.get(each.name, each.name) for each in together}
    return _SPACES.sub(" ", replace_paths(item.asked_when, known)).strip()

"""Puts the descriptions of pictures into an XForm, because pyxform still refuses the column `image-description` (issue
759).

They become `<value form="image-description">` beside the picture, as ODK agreed, and are translated like all other
texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from lxml import etree

from kuule.forms.model.text_keys import IMAGE_DESCRIPTION
from kuule.forms.xform.xml_elements import XFORMS_NAMESPACE

_NOTHING = "-"


def extract_descriptions(rows: Sequence[dict[str, str]]) -> tuple[list[dict[str, str]], dict[int, str]]:
    """The rows of a sheet without that column, and its texts by the index of the row."""
    columns = (IMAGE_DESCRIPTION, f"media::{IMAGE_DESCRIPTION}")
    found = {
        place: text
        for place, row in enumerate(rows)
        if (text := next((row[one] for one in columns if row.get(one)), _NOTHING)) != _NOTHING
    }
    return [{name: cell for name, cell in row.items() if name not in columns} for row in rows], found


def choice_descriptions_by_itext_id(choices: Sequence[Mapping[str, str]], texts: Mapping[int, str]) -> dict[str, str]:
    """The descriptions by itext id: pyxform numbers the choices of each list from 0."""
    counts: Counter[str] = Counter()
    found: dict[str, str] = {}
    for place, row in enumerate(choices):
        list_name = row.get("list_name") or row.get("list name", "")
        if place in texts:
            found[f"{list_name}-{counts[list_name]}"] = texts[place]
        counts[list_name] += 1
    return found


def embed_descriptions(xform: str, texts: Mapping[str, str]) -> str:
    """The XForm with a description added to each of these texts (by itext id) that has a picture."""
    if not texts:
        return xform
    root = etree.fromstring(xform.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for text in root.iter(f"{{{XFORMS_NAMESPACE}}}text"):
        description = texts.get(text.get("id", ""))
        if description is not None and any(value.get("form") == "image" for value in text):
            etree.SubElement(text, f"{{{XFORMS_NAMESPACE}}}value", {"form": IMAGE_DESCRIPTION}).text = description
    return etree.tostring(root, encoding="unicode")

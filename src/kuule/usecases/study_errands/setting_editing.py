"""Changing one text of study.toml for the lead's desk, such as the title. Every other line of the file stays, with its
remarks and in its order: it is written by TOML Kit, which keeps what it reads."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from kuule.core.regular_files import read_regular_file
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.settings.study_toml import SETTINGS_FILE
from kuule.usecases.study_errands.text_writing import (
    check_only_change,
    refuse_control_characters,
    refused_text,
    source_texts,
)

_PREFIX, _GROUPS = "study:", "groups/"
_IN_THE_SETTINGS = "change it in the settings, where the whole of study.toml is"


def is_setting_text(key: str) -> bool:
    """Whether a text stands in study.toml."""
    return key.startswith(_PREFIX)


def change_setting_text(study: Path, key: str, text: str) -> bytes:
    """study.toml with another text at this key. Raises WorkbenchError WORKBENCH_023 if it cannot be changed alone, and
    the problems that the study would have with it."""
    refuse_control_characters(text)
    gathered = read_study_folder(study, languages=())
    if key not in source_texts(gathered):
        raise refused_text("the settings have no such text any more, or cannot be read", "go back to the list of texts")
    content = read_regular_file(study / SETTINGS_FILE)
    try:
        document = tomlkit.parse(content)
    except TOMLKitError:
        raise refused_text("study.toml cannot be written without a change elsewhere", _IN_THE_SETTINGS) from None
    *tables, name = _way_to(key)
    place: MutableMapping[str, Any] = document
    for table in tables:
        found = place.get(table)
        place = found if isinstance(found, MutableMapping) else {}
    if not isinstance(place.get(name), str):
        raise refused_text(
            "it is not written in study.toml; what is there comes from another setting", _IN_THE_SETTINGS
        )
    place[name] = text
    written = tomlkit.dumps(document).encode()
    check_only_change(gathered, written, SETTINGS_FILE, key, _IN_THE_SETTINGS)
    return written


def _way_to(key: str) -> list[str]:
    """The tables and the name of a setting: welcome and name, of study:welcome/name."""
    path = key.removeprefix(_PREFIX)
    if not path.startswith(_GROUPS):
        return path.split("/")
    groups, *names = path.removesuffix(":title").split("/")
    return [groups, names[0], *(part for member in names[1:] for part in ("members", member)), "title"]

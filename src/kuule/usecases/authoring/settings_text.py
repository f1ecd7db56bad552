"""study.toml as text, with a remark on every setting: those of a new study as they are, all others switched off.

A line of a setting that is off begins with `#` and its name, without a space between; a remark has one.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache

from kuule.study.settings.setting_notes import NOTES, TABLE_NOTES, file_note
from kuule.study.settings.setting_schema import OWN, settings_in, settings_schema
from kuule.study.settings.study_toml import SETTINGS_FILE

_WIDTH = 110
_INLINE = frozenset({"languages", "groups.*.members", "identity.partners"})
"""Tables of which each entry is one line, `name = { … }`."""
_WHOLE = frozenset({"gates.consent", "gates.age"})
"""Tables that a study either leaves out or says all of."""
_OWN_EXAMPLES: Mapping[str, str] = {
    "help.waivers": "SE",
    "help.waivers.*": "survivor",
    "links.partners": "k7",
    "groups": "age_group",
    "groups.*.members": "age_18_to_34",
    "adaptations": '"choice:school/upper:label"',
    "adaptations.*": "sv",
    "cleaning.straight_lines": "first_table",
    "cleaning.contradictions": "never_and_often",
    "cleaning.contradictions.*": "told",
    "identity.partners": "first",
    "leave_to_quote": "may_quote",
    "pooled": "told",
}
"""Names of the study's own choosing, for entries that are off."""
_MORE_EXAMPLES: Mapping[str, str] = {"cleaning.contradictions.*": 'told_whom = ["police"]'}
"""A second entry, where one alone would be refused."""
_EXAMPLES: Mapping[str, str] = {"links.partners.*": '"A partner"'}
_HEAD = """\
# {note} Every one is here. What begins with "#" and its name is off: take the "#" away to use it.
# docs/reference/study.md says more of each. Save this file as UTF-8.
"""
Settings = Mapping[str, object]


def settings_text(settings: Settings) -> str:
    """The text of a study.toml with these settings, in the shape of the file."""
    lines = [_HEAD.format(note=file_note(SETTINGS_FILE)), *_table_lines("", settings)]
    for table, note in TABLE_NOTES.items():
        values = settings.get(table)
        lines.append("")
        lines += [f"# {line}" for line in textwrap.wrap(note, _WIDTH)]
        lines += _table_block(table, table, values if isinstance(values, Mapping) else None)
    return "\n".join(lines).rstrip() + "\n"


def _table_block(path: str, name: str, values: Settings | None, off: bool = False) -> Iterator[str]:
    """A table with its heading, then the tables in it."""
    off = off or (values is None and (OWN in path or path in _WHOLE))
    mark = "#" if off else ""
    own = [one for one in _children(path) if one in _leaves()]
    if own or path in _INLINE:
        yield f"{mark}[{name}]"
    yield from _table_lines(path, values or {}, off=off)
    for inner in _tables(path):
        if inner.endswith(f".{OWN}"):
            yield from _own_blocks(inner, name, values, off=off)
        else:
            key = inner.rpartition(".")[2]
            held = (values or {}).get(key)
            yield from _table_block(inner, f"{name}.{key}", held if isinstance(held, Mapping) else None, off=off)


def _own_blocks(path: str, name: str, values: Settings | None, *, off: bool) -> Iterator[str]:
    """The entries of a table whose names are the study's own, or one that is off and shows how."""
    parent = path.rpartition(".")[0]
    entries = {key: value for key, value in (values or {}).items() if isinstance(value, Mapping)}
    if parent in _INLINE:
        yield from _inline_lines(path, entries, parent)
        return
    for key, value in entries.items():
        yield from _table_block(path, f"{name}.{_key(key)}", value, off=off)
    if not entries:
        yield from _table_block(path, f"{name}.{_OWN_EXAMPLES[parent]}", None, off=True)


def _inline_lines(path: str, entries: Settings, parent: str) -> Iterator[str]:
    for leaf in _children(path):
        yield from _remark(leaf, name=leaf.rpartition(".")[2])
    for key, value in entries.items():
        yield f"{_key(key)} = {_toml(value)}"
    if not entries:
        shown = {
            leaf.rpartition(".")[2]: _example(leaf) for leaf in _children(path) if NOTES[SETTINGS_FILE][leaf].example
        }
        said = ", ".join(f"{key} = {text}" for key, text in shown.items())
        yield f"#{_OWN_EXAMPLES[parent]} = {{ {said} }}"


def _table_lines(path: str, values: Settings, *, off: bool = False) -> Iterator[str]:
    """The settings of one table, each below what it is for."""
    for leaf in _children(path):
        if leaf not in _leaves():
            continue
        yield from _remark(leaf)
        key = leaf.rpartition(".")[2]
        if key == OWN:
            yield from _own_lines(leaf, path, values)
        elif key in values and not off:
            yield f"{key} = {_toml(values[key])}"
        else:
            yield f"#{key} = {_example(leaf)}"


def _own_lines(leaf: str, path: str, values: Settings) -> Iterator[str]:
    entries = {key: value for key, value in values.items() if not isinstance(value, Mapping)}
    for key, value in entries.items():
        yield f"{_key(key)} = {_toml(value)}"
    if not entries:
        yield f"#{_OWN_EXAMPLES[path]} = {_example(leaf)}"
        if path in _MORE_EXAMPLES:
            yield f"#{_MORE_EXAMPLES[path]}"


def _remark(leaf: str, *, name: str = "") -> Iterator[str]:
    says = NOTES[SETTINGS_FILE][leaf].says
    for line in textwrap.wrap(f"{name}: {says}" if name else says, _WIDTH):
        yield f"# {line}"


def _example(leaf: str) -> str:
    """A value in TOML: the note's own, else the default."""
    said = _EXAMPLES.get(leaf) or NOTES[SETTINGS_FILE][leaf].example
    return said or _toml(_leaves()[leaf].get("default", ""))


@cache
def _leaves() -> Mapping[str, Mapping[str, object]]:
    return settings_in(settings_schema(SETTINGS_FILE))


def _children(path: str) -> list[str]:
    """The settings of a table, in the order of their notes."""
    return [one for one in NOTES[SETTINGS_FILE] if one.rpartition(".")[0] == path]


def _tables(path: str) -> list[str]:
    """The tables in a table."""
    depth = path.count(".") + 2
    inner = [one.split(".") for one in NOTES[SETTINGS_FILE] if one.startswith(f"{path}.") and one.count(".") >= depth]
    return list(dict.fromkeys(".".join(parts[:depth]) for parts in inner))


def _key(name: str) -> str:
    plain = name.replace("-", "").replace("_", "")
    return name if plain.isascii() and plain.isalnum() else _toml(name)


def _toml(value: object) -> str:
    """A value in TOML. Its basic strings have the escapes of JSON."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {_toml(one)}' for key, one in value.items())} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)

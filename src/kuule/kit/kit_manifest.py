"""manifest.json of a kit: every piece with what it was made of, so that anybody can see whether it is still true."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kuule.core.problems import Problem
from kuule.kit.kit_content import KitContent
from kuule.kit.kit_problems import KitError
from kuule.kit.piece_setting import templates_hash

MANIFEST_FILE = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class ManifestItem:
    """One file. `size_mm` is None for a text and for a picture, which has `size_px`; `reviewed_by` are roles; and
    `source_hash` is that of everything on it."""

    item: str
    file: str
    language: str
    partner: str
    link_id: str
    text_keys: tuple[str, ...]
    source_hash: str
    reviewed_by: tuple[str, ...] = ()
    size_mm: tuple[float, float] | None = None
    size_px: tuple[float, float] | None = None
    bleed: float = 0
    alt: str = ""

    def to_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


def reviewing_roles(content: KitContent, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The roles that brought these texts to their state, each once."""
    return tuple(sorted({content.word(key).by for key in keys} - {""}))


def source_hash(data: object) -> str:
    """The hash of all that is on a piece, and of the drawing."""
    plain = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(f"{templates_hash()}{plain}".encode()).hexdigest()[:16]


def manifest_table(items: tuple[ManifestItem, ...], *, draft: bool) -> dict[str, object]:
    """The manifest for JSON. There is no date in it: the same texts give the same kit."""
    return {"format": FORMAT, "draft": draft, "items": [one.to_json() for one in items]}


def read_manifest_hashes(folder: Path) -> Mapping[str, str]:
    """The hash of each file of a kit that was made before. Raises KitError KIT_030."""
    path = folder / MANIFEST_FILE
    try:
        table = json.loads(path.read_bytes())
        return {str(one["file"]): str(one["source_hash"]) for one in table["items"]}
    except FileNotFoundError:
        cause = "there is no kit"
    except (OSError, ValueError, KeyError, TypeError):
        cause = "its manifest cannot be read"
    raise KitError(Problem("KIT_030", str(folder), cause, "make it: `kuule kit` without --check"))


def changed_files(items: tuple[ManifestItem, ...], folder: Path) -> tuple[str, ...]:
    """The files that a kit, of which the manifest is in a folder, has otherwise than it would have them now: another
    text, number, address, logo or drawing. Raises KitError KIT_030."""
    made, now = read_manifest_hashes(folder), {one.file: one.source_hash for one in items}
    return tuple(sorted(name for name in made.keys() | now.keys() if made.get(name) != now.get(name)))


def stale_files(items: tuple[ManifestItem, ...], folder: Path) -> tuple[str, ...]:
    """The files of a kit in a folder that are not what would be made now, and those that are missing there. Raises
    KitError KIT_030."""
    gone = {one.file for one in items if not (folder / one.file).is_file()}
    return tuple(sorted({*changed_files(items, folder), *gone}))

"""The folder `media/` of a study: which file stands beside which text in which language.

`media/welcome.mp3` is for everyone, `media/sv/welcome.mp3` the same in Swedish. A cell of a language's own column may
name another file. A language without a file of its own has the source's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kuule.study.media.kinds import read_medium
from kuule.study.media.medium import Kind, Medium, Unusable
from kuule.study.media.named import Named

FOLDER = "media"
LARGEST: Mapping[Kind, int] = {Kind.IMAGE: 200_000, Kind.AUDIO: 1_000_000}
"""Bytes of one file. At 400 kbit/s, a slow 3G line, a picture of this size takes 4 seconds and a sound 20."""
LARGE: Mapping[Kind, int] = {Kind.IMAGE: 100_000, Kind.AUDIO: 500_000}
"""From here on a warning."""
LARGEST_TOTAL = 200_000_000
"""Bytes of all: an edition is read whole when a collector starts."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands beside one text in one language. `path` is below `media/`, "" where no file is there."""

    key: str
    kind: Kind
    tag: str
    file: str
    place: str
    path: str
    own: bool
    """Whether it is the language's own, or the source's in its place."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file that is named. `medium` is None where it is not read: it is too large, or `cause` says why."""

    path: str
    kind: Kind
    size: int
    medium: Medium | None = None
    cause: str = ""

    @property
    def place(self) -> str:
        return f"{FOLDER}/{self.path}"


@dataclass(frozen=True, slots=True)
class StudyMedia:
    """All pictures and sounds of a study. `there` are the paths in the folder, `named` the cells that name files."""

    named: tuple[Named, ...] = ()
    placed: tuple[Placed, ...] = ()
    files: Mapping[str, MediaFile] = field(default_factory=dict)
    there: tuple[str, ...] = ()

    def texts(self, tag: str) -> dict[str, str]:
        """For a language's texts: the key of each picture and sound that it has itself → its name in an edition."""
        media = ((one.key, self.files[one.path].medium) for one in self.placed if one.tag == tag and one.own)
        return {key: medium.name for key, medium in media if medium is not None}

    def contents(self) -> dict[str, bytes]:
        """What an edition holds, by name there: what is the same is held once."""
        media = (file.medium for file in self.files.values())
        return {medium.name: medium.content for medium in media if medium is not None}


def study_media(study: Path, named: Sequence[Named], tags: Sequence[str]) -> StudyMedia:
    """Read every file that is named, once. Nothing is raised: the rules say what is wrong."""
    there = tuple(sorted(_there(study / FOLDER, tags)))
    placed = tuple(_placed([one for one in named if one.tag and one.shown], tags, frozenset(there)))
    kinds = {one.path: one.kind for one in placed if one.path}
    files = {path: _file(study / FOLDER, path, kind) for path, kind in kinds.items()}
    return StudyMedia(tuple(named), placed, files, there)


def _there(folder: Path, tags: Iterable[str]) -> Iterator[str]:
    """Files in the folder and in those of its languages; never one that a link leads to elsewhere."""
    for below in ("", *tags):
        place = folder / below
        if place.is_dir() and not place.is_symlink():
            for file in place.iterdir():
                if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
                    yield file.relative_to(folder).as_posix()


def _placed(named: Iterable[Named], tags: Sequence[str], there: frozenset[str]) -> Iterator[Placed]:
    cells: dict[str, dict[str, Named]] = {}
    for one in named:
        cells.setdefault(one.key, {}).setdefault(one.tag, one)
    source = tags[0]
    for by_tag in cells.values():
        for tag in tags:
            cell = by_tag.get(tag) or by_tag.get(source)
            if cell is not None:
                own = f"{tag}/{cell.file}"
                path = next((path for path in (own, cell.file) if path in there), "")
                is_own = bool(path) and (cell.tag == tag or path == own)
                yield Placed(cell.key, cell.kind, tag, cell.file, cell.place, path, is_own)


def _file(folder: Path, path: str, kind: Kind) -> MediaFile:
    try:
        size = (folder / path).stat().st_size
        if size > LARGEST[kind]:
            return MediaFile(path, kind, size)
        return MediaFile(path, kind, size, read_medium((folder / path).read_bytes(), kind))
    except Unusable as unusable:
        return MediaFile(path, kind, size, cause=str(unusable))
    except OSError as error:
        return MediaFile(path, kind, 0, cause=f"cannot be read ({error.strerror})")

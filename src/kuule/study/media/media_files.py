"""The folder `media/` of a study: which file belongs to which text in which language.

`media/welcome.mp3` is for every language, `media/sv/welcome.mp3` is the Swedish version. A cell in a language's own
column may name another file. A language without a file of its own uses the one of the source language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kuule.core.problems import StudyError
from kuule.core.regular_files import read_regular_file
from kuule.study.folder.folder_reading import FolderReading
from kuule.study.folder.questionnaire import questionnaire_from_workbook
from kuule.study.media.media_formats import read_medium
from kuule.study.media.media_references import MediaReference, find_media_references
from kuule.study.media.medium import MediaKind, Medium, UnusableMedia

MEDIA_FOLDER = "media"
MAX_MEDIA_BYTES: Mapping[MediaKind, int] = {MediaKind.IMAGE: 200_000, MediaKind.AUDIO: 1_000_000}
"""The limit for one file. At 400 kbit/s, a slow 3G connection, such a picture takes 4 seconds and such a sound 20."""
LARGE_MEDIA_BYTES: Mapping[MediaKind, int] = {MediaKind.IMAGE: 100_000, MediaKind.AUDIO: 500_000}
"""Larger files get a warning."""
MAX_TOTAL_MEDIA_BYTES = 200_000_000
"""The limit for all files: a collector reads a whole edition when it starts."""


@dataclass(frozen=True, slots=True)
class MediaPlacement:
    """The file for one text in one language. `path` is below `media/`, "" if there is no file."""

    key: str
    kind: MediaKind
    tag: str
    file: str
    place: str
    path: str
    is_own: bool
    """Whether it is the language's own file, rather than the one of the source language."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file that a cell names. `medium` is None if it was not read, because it is too large or for the reason in
    `cause`."""

    path: str
    kind: MediaKind
    size: int
    medium: Medium | None = None
    cause: str = ""

    @property
    def place(self) -> str:
        return f"{MEDIA_FOLDER}/{self.path}"


@dataclass(frozen=True, slots=True)
class StudyMedia:
    """All pictures and sounds of a study. `there` are the paths in the folder, `named` the cells that name files."""

    references: tuple[MediaReference, ...] = ()
    placements: tuple[MediaPlacement, ...] = ()
    files: Mapping[str, MediaFile] = field(default_factory=dict)
    paths: tuple[str, ...] = ()

    def media_names(self, tag: str) -> dict[str, str]:
        """For the texts of a language: the key of each picture and sound of its own → its name in an edition."""
        media = ((one.key, self.files[one.path].medium) for one in self.placements if one.tag == tag and one.is_own)
        return {key: medium.name for key, medium in media if medium is not None}

    def contents(self) -> dict[str, bytes]:
        """The contents for an edition, by name. Equal files are stored once."""
        media = (file.medium for file in self.files.values())
        return {medium.name: medium.content for medium in media if medium is not None}


def read_study_media(study: Path, named: Sequence[MediaReference], tags: Sequence[str]) -> StudyMedia:
    """Read every file that is named, once. Nothing is raised; the rules report what is wrong."""
    there = tuple(sorted(_there(study / MEDIA_FOLDER, tags)))
    placed = tuple(_placed([one for one in named if one.tag and one.is_shown], tags, frozenset(there)))
    kinds = {one.path: one.kind for one in placed if one.path}
    files = {path: _file(study / MEDIA_FOLDER, path, kind) for path, kind in kinds.items()}
    return StudyMedia(tuple(named), placed, files, there)


def _there(folder: Path, tags: Iterable[str]) -> Iterator[str]:
    """Files in the folder and in those of its languages, without any that is a link to somewhere else."""
    for below in ("", *tags):
        place = folder / below
        if place.is_dir() and not place.is_symlink():
            for file in place.iterdir():
                if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
                    yield file.relative_to(folder).as_posix()


def _placed(named: Iterable[MediaReference], tags: Sequence[str], there: frozenset[str]) -> Iterator[MediaPlacement]:
    cells: dict[str, dict[str, MediaReference]] = {}
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
                yield MediaPlacement(cell.key, cell.kind, tag, cell.file, cell.place, path, is_own)


def _file(folder: Path, path: str, kind: MediaKind) -> MediaFile:
    try:
        size = (folder / path).stat().st_size
        if size > MAX_MEDIA_BYTES[kind]:
            return MediaFile(path, kind, size)
        return MediaFile(
            path, kind, size, read_medium(read_regular_file(folder / path, most=MAX_MEDIA_BYTES[kind]), kind)
        )
    except UnusableMedia as unusable:
        return MediaFile(path, kind, size, cause=str(unusable))
    except StudyError as error:
        return MediaFile(path, kind, 0, cause=error.problems[0].cause)
    except OSError as error:
        return MediaFile(path, kind, 0, cause=f"cannot be read ({error.strerror})")


def read_folder_media(gathered: FolderReading) -> StudyMedia:
    """None if the settings or the questionnaire could not be read; that is reported elsewhere."""
    settings, xlsform = gathered.settings, gathered.xlsform
    questionnaire = None if xlsform is None else questionnaire_from_workbook(xlsform.workbook)
    if settings is None or xlsform is None or questionnaire is None or not settings.languages:
        return StudyMedia()
    source = settings.source_language
    tags = (source, *(tag for tag in settings.languages if tag != source))
    named = find_media_references(questionnaire, xlsform.workbook, xlsform.language, tags)
    return read_study_media(gathered.path, named, tags)

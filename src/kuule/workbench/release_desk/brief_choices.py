"""Which briefs can be made here: the texts that the study has of them, and the countries of the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import KuuleError
from kuule.releases.brief_text_names import BRIEFS_FOLDER, brief_text_name
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.register_desk.current_register import register_countries


@dataclass(frozen=True, slots=True)
class BriefChoices:
    """The provisions that there is a text on, each with the languages of its texts; and the countries, by code."""

    provisions: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, str]

    @property
    def languages(self) -> frozenset[str]:
        """The languages of any text."""
        return frozenset(tag for tags in self.provisions.values() for tag in tags)


def brief_choices(site: WorkbenchSite) -> BriefChoices | None:
    """None without a register, or if it cannot be read."""
    if site.register_folder is None:
        return None
    provisions: dict[str, tuple[str, ...]] = {}
    for provision, tag in sorted(_texts(site.study_folder / BRIEFS_FOLDER)):
        provisions[provision] = tuple(dict.fromkeys((*provisions.get(provision, ()), tag)))
    try:
        return BriefChoices(provisions, register_countries())
    except KuuleError:
        return None


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.glob("*.md") if folder.is_dir() else ():
        if found := brief_text_name(path.name):
            yield found.provision, found.tag

"""The sites that tests look at: the small register's, and those of the registers that ship."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kuule.languages.gettext.catalogue import read_pot
from kuule.register.data_model.whole_register import Register
from kuule.register.reading.register_folder import read_register
from kuule.register.site.site_building import build_site
from kuule.register.texts import page_words as words_module
from kuule.register.texts.page_words import CATALOGUE_TEMPLATE, page_words
from tests.register.site.built import SHIPPED, STAND_INS, TODAY, build_translated, write_stand_in
from tests.register.small_register import write_small_register
from tests.sampling import matrix


@dataclass(frozen=True)
class BuiltSite:
    """A register and the folder of its pages."""

    register: Register
    pages: Path

    @property
    def every(self) -> list[Path]:
        return sorted(self.pages.rglob("*.html"))


def built(folder: Path, to: Path) -> BuiltSite:
    read = read_register(folder)
    build_site(read, to, today=TODAY)
    return BuiltSite(read.register, to)


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    folder = tmp_path_factory.mktemp("small")
    return built(write_small_register(folder / "register"), folder / "pages")


@pytest.fixture
def small(small_site: BuiltSite) -> Path:
    """The pages of the small register."""
    return small_site.pages


@pytest.fixture(scope="session", params=matrix(["small", *(path.name for path in SHIPPED)], ["small"]))
def site(request: pytest.FixtureRequest, small_site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site of the small register, and of each that ships."""
    if request.param == "small":
        return small_site
    [folder] = [one for one in SHIPPED if one.name == request.param]
    return built(folder, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="session")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the small register in English, in Arabic with the register's own texts, and in Greek, Finnish and
    Chinese without them."""
    with _stand_ins(tmp_path_factory.mktemp("catalogues")):
        return build_translated(tmp_path_factory.mktemp("translated"), ("ar", "el", "fi", "zh"))


@pytest.fixture
def standing_in(tmp_path: Path) -> Iterator[Path]:
    """A folder of catalogues that has stand-ins for four scripts, in place of the one that ships."""
    with _stand_ins(tmp_path / "catalogues") as folder:
        yield folder


@contextmanager
def _stand_ins(folder: Path) -> Iterator[Path]:
    for tag in STAND_INS:
        write_stand_in(folder / f"{tag}.po", read_pot(CATALOGUE_TEMPLATE), tag, leave_out="pages:how_map")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words_module, "CATALOGUE_FOLDER", folder)
        page_words.cache_clear()
        yield folder
    page_words.cache_clear()

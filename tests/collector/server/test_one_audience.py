"""One collector serves one audience: editions of two are refused in every combination, and so is a store of another."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product
from pathlib import Path

import pytest

from kuule.collector.server.collector_server import check_can_serve
from kuule.core.problems import KuuleError
from kuule.opening.private_key import PrivateKey
from kuule.store.database import close_connections
from kuule.study.edition.study_edition import read_edition
from kuule.study.settings.study_toml import Audience
from tests.collector.server.servers import codes, options
from tests.study.small_study import SETTINGS, make_edition

MakeEdition = Callable[[str, str, int], Path]
STUDIES = ("small-study", "other-study")
KINDS = tuple(product(STUDIES, Audience, (1, 2)))
"""Study, audience and key of an edition."""


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> MakeEdition:
    made: dict[tuple[str, str, int], Path] = {}

    def edition(study: str, audience: str, key: int) -> Path:
        if (study, audience, key) not in made:
            folder = tmp_path_factory.mktemp("edition")
            settings = SETTINGS.replace('id = "small-study"', f'id = "{study}"')
            settings = settings.replace('audience = "survivors"', f'audience = "{audience}"')
            make_edition(folder, settings=settings, key=PrivateKey.generate(bytes([key]) * 32, rehearsal=True))
            made[study, audience, key] = folder / "edition"
        return made[study, audience, key]

    return edition


def expected(one: tuple[str, str, int], other: tuple[str, str, int]) -> list[str]:
    refusals = {"SERVE_002": one[0] != other[0], "SERVE_021": one[1] != other[1]}
    refusals["SERVE_022"] = one[1] != other[1] and one[2] == other[2]
    return sorted(code for code, refused in refusals.items() if refused)


@pytest.mark.parametrize(("one", "other"), [*combinations(KINDS, 2)])
def test_editions_of_two_audiences_are_refused_in_every_combination(
    make: MakeEdition, tmp_path: Path, one: tuple[str, str, int], other: tuple[str, str, int]
) -> None:
    wanted = expected(one, other)
    for pair in ((one, other), (other, one)):
        asked = options(*(make(*kind) for kind in pair), folder=tmp_path)
        if wanted:
            with pytest.raises(KuuleError) as refused:
                check_can_serve(asked)
            assert codes(refused) == wanted
        else:
            check_can_serve(asked)
    assert bool(wanted) is not (tmp_path / "kept.sqlite3").exists()


def test_refusal_names_the_audiences_their_editions_and_the_key(make: MakeEdition, tmp_path: Path) -> None:
    folders = make(STUDIES[0], "survivors", 1), make(STUDIES[0], "offenders", 1), make(STUDIES[0], "survivors", 2)
    asks, hides, again = (read_edition(folder) for folder in folders)
    with pytest.raises(KuuleError) as refused:
        check_can_serve(options(*folders, folder=tmp_path))
    assert [problem.cause for problem in refused.value.problems] == [
        f"these editions ask different audiences: offenders ({hides.short}), survivors ({asks.short}, {again.short})",
        f"the editions {asks.short}, {hides.short} ask different audiences and have one key, {asks.key.key_id.hex()}",
    ]


@pytest.mark.parametrize(("first", "second"), [*product(Audience, repeat=2)])
def test_store_says_which_audience_it_is_of_and_a_collector_of_another_refuses_it(
    make: MakeEdition, tmp_path: Path, first: str, second: str
) -> None:
    check_can_serve(options(make(STUDIES[0], first, 1), folder=tmp_path))
    close_connections()
    for key in (1, 2):
        then = options(make(STUDIES[0], second, key), folder=tmp_path)
        if first == second:
            check_can_serve(then)
            continue
        with pytest.raises(KuuleError) as refused:
            check_can_serve(then)
        assert codes(refused) == ["STORE_028"]

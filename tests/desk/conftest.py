"""One desk for all tests of a file that only look, or that each have a text of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.desk_process import DeskProcess, desk_process, make_project

MARKER = "Zebulon"
AUNT = f"My aunt {MARKER} knew it, and she lived in Kuopio. Nobody asked her."
ARABIC = "أخبرت صديقتي ليلى في الرباط، ولم أخبر أحدا غيرها."
HOSTILE = (
    "<script>top.hurt = 1</script><img src=x onerror='top.hurt = 1'></div></main>{{ 7 * 7 }}{% raw %}\x00\x1b[2J"
    "\u202eevil\u2066 e" + "\u0301" * 400 + " 👩‍👩‍👧‍👦\ufeff&lt;b&gt;"
)
LONG = "x" * 2_000_000
SPARE = tuple(f"A text of its own for a test, number {number}, from Oulu." for number in range(12))


@pytest.fixture(scope="module")
def ids(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The ids of the texts, by words; and under "path", where the project is."""
    path = tmp_path_factory.mktemp("desk") / "voices"
    texts = [("wish", "en", words) for words in (AUNT, *SPARE)]
    made = make_project(path, [*texts, ("wish", "ar", ARABIC), ("told", "en", HOSTILE), ("told", "fi", LONG)])
    return {**made, "path": str(path)}


@pytest.fixture(scope="module")
def desk(ids: dict[str, str]) -> Iterator[DeskProcess]:

    with desk_process(Path(ids["path"])) as running:
        yield running

"""Pictures and sounds in real browsers with script off: they are seen, and played only by who presses play."""

from __future__ import annotations

import struct
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.chromium import Chromium
from tests.journeys.controls import CONTINUE
from tests.journeys.firefox import Firefox
from tests.journeys.house import House, open_house
from tests.journeys.overhearing import Overhearing
from tests.patience import wait_until
from tests.ports import free_port
from tests.study.media import files as made
from tests.study.media.study import FILES, make_media_edition

pytestmark = pytest.mark.browser
ENGINES = ("chromium", "firefox")
VIOLET = (0xA0, 0x20, 0xF0)
PLAY_BUTTON = 26
"""Pixels from the left side of a sound's controls, in both browsers."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("media")
    files = {**FILES, "door.png": made.png(160, 100, colour=bytes(VIOLET)), "door.mp3": made.mp3(800)}
    with open_house(House(folder, make_media_edition(folder, files=files), free_port())) as opened:
        yield opened


def at_doors(window: Chromium | Firefox, url: str, tag: str = "en") -> None:
    window.open(f"{url}/{tag}")
    window.follow("button.button")
    for _ in range(2):
        window.click('input[value~="yes"]')
        window.follow(CONTINUE)
    window.follow(CONTINUE)


def pixels(png: bytes) -> Counter[tuple[int, ...]]:
    """How often each colour stands in a picture of a screen (8 bits, not interlaced)."""
    width, height, depth, kind, _, _, interlaced = struct.unpack_from(">IIBBBBB", png, 16)
    assert (depth, interlaced) == (8, 0)
    each = {2: 3, 6: 4}[kind]
    at, packed = 8, b""
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        packed += png[at + 8 : at + 8 + size] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + size
    raw, before = zlib.decompress(packed), bytearray(width * each)
    found: Counter[tuple[int, ...]] = Counter()
    for row in range(height):
        start = row * (width * each + 1)
        line = unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + width * each]), before, each)
        found.update(tuple(line[place : place + 3]) for place in range(0, len(line), each))
        before = line
    return found


def unfiltered(method: int, line: bytearray, above: bytearray, each: int) -> bytearray:
    """One row of a PNG as it is seen (PNG specification, 9)."""
    for place, value in enumerate(line):
        left = line[place - each] if place >= each else 0
        up = above[place]
        corner = above[place - each] if place >= each else 0
        nearest = min((left, up, corner), key=lambda one: abs(left + up - corner - one))
        line[place] = (value + (0, left, up, (left + up) // 2, nearest)[method]) & 0xFF
    return line


def test_pixels_of_a_picture_are_counted() -> None:
    assert pixels(made.png(5, 3, colour=bytes(VIOLET))) == {VIOLET: 15}


@pytest.mark.parametrize("window", ENGINES, indirect=True)
def test_picture_is_seen_and_sound_is_fetched_and_played_only_when_play_is_pressed(
    house: House, window: Chromium | Firefox
) -> None:
    sound = house.edition.texts("en")["form:/data/about/page_door/door_note:audio"]
    with Overhearing(house.port) as line:
        at_doors(window, line.url)
        wait_until(lambda: any(one.endswith(".png") for one in line.asked))
        seen = pixels(window.picture(".note img"))
        assert seen[VIOLET] > 0.95 * 160 * 100
        assert abs(seen.total() - 160 * 100) <= 160, "it has not the size that the page says"
        waiting = window.picture(".note audio")
        assert len(pixels(waiting)) > 3, "no control is seen"
        assert [one for one in line.asked if one.endswith(".mp3")] == []
        window.press_at_start(".note audio", PLAY_BUTTON)
        wait_until(lambda: f"/{sound}" in line.asked)
        time.sleep(1)  # until the button that was pressed has come to rest
        playing = window.picture(".note audio")
        assert playing != waiting
        wait_until(lambda: window.picture(".note audio") not in {waiting, playing})
        assert {one for one in line.asked if one.endswith(".mp3")} == {f"/{sound}"}


@pytest.mark.parametrize("window", ["chromium", pytest.param("firefox", marks=pytest.mark.whole)], indirect=True)
def test_picture_that_is_made_smaller_keeps_its_shape(house: House, window: Chromium | Firefox) -> None:
    at_doors(window, house.url, "ar")
    width, height = struct.unpack_from(">II", window.picture("main img[width='640']"), 16)
    assert (width * 400) // 640 in range(height - 2, height + 3), "it is out of shape"

"""Links that are switched off: there or not there, in a place that tells no order."""

from __future__ import annotations

from kuule.store.counters import Counter, Kind
from kuule.store.switches import seen_switched_off, switch, switched_off
from tests.store.conftest import Kept


def test_link_is_off_until_it_is_switched_on(kept: Kept) -> None:
    assert switched_off() == frozenset()
    switch("k7", on=False)
    switch("m3", on=False)
    switch("k7", on=False)
    assert switched_off() == seen_switched_off() == {"k7", "m3"}
    switch("k7", on=True)
    switch("k7", on=True)
    assert switched_off() == {"m3"}


def test_place_in_the_file_comes_from_the_code_and_not_from_the_order(kept: Kept) -> None:
    for code in ("m3", "k7", "z9"):
        switch(code, on=False)
    rows = kept.ask("SELECT link_id, code FROM store_switchedoff")
    assert {code: number for number, code in rows} == {
        code: Counter(Kind.LINK, code).counter_id for code in ("m3", "k7", "z9")
    }

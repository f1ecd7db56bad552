"""Links that are switched off: there or not there, in a place that tells no order."""

from __future__ import annotations

from kuule.store.rows.counters import CounterKind, PartnerCounter
from kuule.store.rows.switched_off_links import read_switched_off_links, switch_link, try_read_switched_off_links
from tests.store.conftest import Kept


def test_link_is_off_until_it_is_switched_on(kept: Kept) -> None:
    assert read_switched_off_links() == frozenset()
    switch_link("k7", on=False)
    switch_link("m3", on=False)
    switch_link("k7", on=False)
    assert read_switched_off_links() == try_read_switched_off_links() == {"k7", "m3"}
    switch_link("k7", on=True)
    switch_link("k7", on=True)
    assert read_switched_off_links() == {"m3"}


def test_place_in_the_file_comes_from_the_code_and_not_from_the_order(kept: Kept) -> None:
    for code in ("m3", "k7", "z9"):
        switch_link(code, on=False)
    rows = kept.ask("SELECT link_id, code FROM store_switchedoff")
    assert {code: number for number, code in rows} == {
        code: PartnerCounter(CounterKind.LINK, code).counter_id for code in ("m3", "k7", "z9")
    }

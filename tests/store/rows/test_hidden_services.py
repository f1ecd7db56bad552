"""Services that pages do not show: an id is there or not, and tells no order, no day and no name."""

from __future__ import annotations

from kuule.helplines.service import service_id
from kuule.store.rows.field_control import CollectorOrders, try_read_collector_orders
from kuule.store.rows.hidden_services import read_hidden_services, set_service_hidden
from tests.store.conftest import Kept

ONE, OTHER = service_id("SE", "Bris"), service_id("FI", "Kriisipuhelin")


def test_service_is_hidden_until_it_is_shown_again(kept: Kept) -> None:
    assert read_hidden_services() == frozenset()
    assert [set_service_hidden(one, hidden=True) for one in (ONE, OTHER, ONE)] == [True, True, False]
    assert read_hidden_services() == {ONE, OTHER}
    assert try_read_collector_orders() == CollectorOrders(hidden_services=frozenset({ONE, OTHER}))
    assert [set_service_hidden(ONE, hidden=False) for _ in range(2)] == [True, False]
    assert read_hidden_services() == {OTHER}


def test_nothing_is_stored_but_the_id(kept: Kept) -> None:
    set_service_hidden(ONE, hidden=True)
    assert kept.ask("SELECT * FROM store_hidingorder") == [(ONE,)]


def test_id_is_the_same_for_all_rows_of_a_service_and_fits_a_key() -> None:
    assert service_id("SE", "BRIS") == ONE
    assert service_id("SE", "Brís") == ONE
    assert len({ONE, OTHER, service_id("NO", "Bris"), service_id("SE", "Bris ")}) == 4
    assert 0 <= ONE < 2**63
    assert ONE == 1101877646357745169, "stores have it: it never changes"

"""A store is of one audience from its first collector on, and of no other for good."""

from random import Random

import pytest

from kuule.core.problems import StoreError
from kuule.store.database import prepare_store
from kuule.store.location.identity import read_identity
from kuule.store.rewriting import rewrite_store
from kuule.store.rows.responses import save_response
from kuule.store.rows.store_audience import check_store_audience, claim_store_for
from tests.store import conftest
from tests.store.files import random_rows

HELD = "SELECT audience FROM store_identity"


def test_new_store_is_of_no_audience_until_a_collector_takes_it(kept: conftest.Kept) -> None:
    before = kept.ask(HELD)
    claim_store_for("survivors")
    assert (before, kept.ask(HELD)) == ([("",)], [("survivors",)])


def test_store_of_one_audience_refuses_another_and_stays_what_it_is(kept: conftest.Kept) -> None:
    first = read_identity()
    claim_store_for("offenders")
    save_response(random_rows(1, Random(20))[0])
    rewrite_store()
    prepare_store()
    claim_store_for("offenders")
    for other in ("survivors", "public"):
        with pytest.raises(StoreError) as raised:
            claim_store_for(other)
        [problem] = raised.value.problems
        assert problem.code == "STORE_028"
        assert problem.cause == f"this database is of a study that asks offenders, and the editions ask {other}"
    assert (kept.ask(HELD), read_identity()) == ([("offenders",)], first)


def test_looking_whose_store_it_is_takes_it_for_nobody(kept: conftest.Kept) -> None:
    check_store_audience("survivors")
    assert kept.ask(HELD) == [("",)]
    claim_store_for("offenders")
    check_store_audience("offenders")
    with pytest.raises(StoreError, match="STORE_028"):
        check_store_audience("survivors")

"""Points of one provision: a sum that can be done again, in which unknown is never zero."""

from kuule.register.comparison.answer_tests import StandardOutcome
from kuule.register.comparison.cells import cells
from kuule.register.comparison.points import cell_points, points_of
from kuule.register.comparison.standards_met import StandardResult
from kuule.register.data_model.provisions import Points
from kuule.register.data_model.standards import HeldAgainst
from tests.register.made_registers import (
    TODAY,
    held_against,
    made_file,
    made_limit,
    made_provision,
    made_register,
    made_value,
)

WORTH = Points(met=2, partly=1)


def results(*outcomes: StandardOutcome) -> tuple[StandardResult, ...]:
    held = HeldAgainst(standard="lanzarote", demands="what it demands")
    return tuple(StandardResult(held, one, "why") for one in outcomes)


def test_points_count_what_is_known():
    found = points_of(
        WORTH,
        results(
            StandardOutcome.MET,
            StandardOutcome.MET,
            StandardOutcome.PARTLY,
            StandardOutcome.MISSED,
            StandardOutcome.UNKNOWN,
            StandardOutcome.NOT_TESTED,
        ),
    )
    assert (found.points, found.most, found.known, found.unknown, found.untested) == (5, 8, 4, 1, 1)
    assert found.calculation == "2 met x 2 + 1 in part x 1 = 5 of 8"
    assert found.sentence == "2 of 4 known standards met, 1 in part, 1 unknown, 1 compared by people only"


def test_unknown_is_never_zero():
    found = points_of(WORTH, results(StandardOutcome.UNKNOWN, StandardOutcome.UNKNOWN))
    assert (found.points, found.most, found.calculation) == (0, 0, "nothing is known, so nothing is counted")


def test_a_standard_that_is_met_in_part_may_count_nothing():
    found = points_of(Points(met=1), results(StandardOutcome.MET, StandardOutcome.PARTLY))
    assert found.calculation == "1 met x 1 + 1 in part x 0 = 1 of 2"


def test_the_points_of_a_cell():
    provision = made_provision(standards=[held_against(no_limit=True)], points={"met": "3"})
    register = made_register(made_file(made_value("v1", made_limit("none"))), provisions=(provision,))
    found = cells(register, TODAY)
    points = cell_points(register, found["FI", "limitation"])
    assert points is not None
    assert points.calculation == "1 met x 3 = 3 of 3"
    assert cell_points(made_register(), cells(made_register(), TODAY)["FI", "limitation"]) is None

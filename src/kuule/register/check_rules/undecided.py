"""What contradicts itself is said to do so, until somebody decides; and a decision decides."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.register.check_rules.checked_register import CheckedRegister
from kuule.register.check_rules.contradictions import contradictions
from kuule.register.data_model.country_values import CountryValues

UNDECIDED = "REGISTER_017"
STILL_CONTRADICTED = "REGISTER_018"
DISPUTED_AND_DECIDED = "REGISTER_019"
SETTLED_BY_NOBODY = "REGISTER_020"


def check_contradictions(checked: CheckedRegister) -> Iterator[Problem]:
    """A warning for each pair of values in force that contradict each other, where the file does not say so; a problem
    for a pair that a decision keeps."""
    majority = checked.register.settings.age_of_majority
    for read in checked.register.values.values():
        places = {value.id: number for number, value in enumerate(read.values)}
        for found in contradictions(read, checked.today, majority):
            path = ("values", places[found.other.id])
            names = f"{found.one.id} and {found.other.id}"
            if _keeps_both(read, found.one.id, found.other.id):
                cause = f"a decision keeps {names}, which still differ on {found.about}"
                remedy = "let it reject one of them, or say by offences: what each is about"
                yield checked.error_problem(STILL_CONTRADICTED, read, path, cause, remedy)
            elif read.dispute is None:
                cause = f"{names} are both in force and differ on {found.about}"
                remedy = "write dispute: on what they disagree, add a decision, or say by offences: what each is about"
                yield checked.warning_problem(UNDECIDED, read, path, cause, remedy)


def check_disputes(checked: CheckedRegister) -> Iterator[Problem]:
    """A warning for each dispute that goes on after the last decision."""
    for read in checked.register.values.values():
        if read.dispute is not None and read.decisions:
            cause = "there is a decision, and still a dispute"
            remedy = "take dispute: away if it is decided; the decision says why"
            yield checked.warning_problem(DISPUTED_AND_DECIDED, read, ("dispute",), cause, remedy, on_key=True)


def check_settlements(checked: CheckedRegister) -> Iterator[Problem]:
    """A problem for each disagreement that is said to be settled by a decision that is not there."""
    for read, number, value in checked.values():
        decided = {one.on for one in read.decisions if value.id in (*one.keeps, *one.rejects)}
        for place, disagreement in enumerate(value.disagreements):
            if disagreement.settled_on is not None and disagreement.settled_on not in decided:
                cause = f"no decision of {disagreement.settled_on} names {value.id}"
                remedy = "add the decision, or take settled_on away"
                path = ("values", number, "disagreements", place, "settled_on")
                yield checked.error_problem(SETTLED_BY_NOBODY, read, path, cause, remedy)


def _keeps_both(read: CountryValues, one: str, other: str) -> bool:
    return any(one in decision.keeps and other in decision.keeps for decision in read.decisions)

"""Run in the network of a container: somebody sends answers, or pauses a visit, or comes back with the code of one.

`python -m tests.deploy.resting_visitor send PORT` ends once they are thanked, `pause PORT` prints the code, and
`resume PORT CODE` what the page then has of them.
"""

from __future__ import annotations

import sys

from tests.journeys.crowd import Person
from tests.journeys.test_killed_around_a_pause import Resting

YEARS = 37


def main() -> None:
    act, port, *rest = sys.argv[1:]
    if act == "send":
        Person(int(port), YEARS).answer()
        return
    person = Resting(int(port), YEARS)
    if act == "pause":
        person.answer()
        print(person.code)
    else:
        person.code = rest[0]
        print(*person.come_back())


if __name__ == "__main__":
    main()

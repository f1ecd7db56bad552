"""Run in the network of a container: somebody pauses a visit and is shown a code, or comes back with one.

`python -m tests.deploy.resting_visitor pause PORT` prints the code, `resume PORT CODE` what the page then has of them.
"""

from __future__ import annotations

import sys

from tests.journeys.test_killed_around_a_pause import Resting

YEARS = 37


def main() -> None:
    act, port, *rest = sys.argv[1:]
    person = Resting(int(port), YEARS)
    if act == "pause":
        person.answer()
        print(person.code)
    else:
        person.code = rest[0]
        print(*person.come_back())


if __name__ == "__main__":
    main()

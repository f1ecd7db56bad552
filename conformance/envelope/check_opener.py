"""Checks a program that opens envelopes: `python3 check_opener.py [--only-refused] PROGRAM [ARGUMENT…]`.

For each case of `vectors/cases.json` the program is started once, with these arguments after its own:

    KEY-FILE STUDY EDITION ROW ROW-KEY

and the envelope on its standard input. ROW-KEY is the key id that is stored beside the envelope. The program has to
write the record to standard output, to the byte, and end with 0; or, where the envelope must stay closed, write nothing
there, one reason of section 6 of docs/reference/envelope.md (or `unreadable_key`) as the first line of standard error,
and end with 1. With --only-refused any reason is good. Exit codes: 0 all cases passed, 1 they did not, 2 wrong use.

Python's standard library alone, and nothing of Kuule's code.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "vectors"
SECONDS = 300
"""How long one envelope may take, which is far more than any program needs."""


def main(arguments: list[str]) -> int:
    """Run every case, print what differs, and count."""
    only_refused = arguments[:1] == ["--only-refused"]
    program = arguments[1:] if only_refused else arguments
    if not program or program[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    cases = json.loads((FOLDER / "cases.json").read_text("utf-8"))["cases"]
    differences = []
    for case in cases:
        try:
            difference = difference_of(case, program, only_refused=only_refused)
        except OSError as error:
            print(f"{program[0]} could not be started: {error.strerror}", file=sys.stderr)
            return 2
        if difference:
            differences.append(difference)
            print(f"NOT AS IT SHOULD BE: {case['name']} ({case['envelope']}): {difference}")
    print(f"{len(cases) - len(differences)} of {len(cases)} cases as they should be")
    return 1 if differences else 0


def difference_of(case: dict[str, Any], program: list[str], *, only_refused: bool = False) -> str:
    """In which way a program does something else with a case than it should, or nothing."""
    key = FOLDER / f"{case['key']}.key"
    command = [*program, str(key), case["study"], case["edition"], case["row"], case["row-key"]]
    try:
        outcome = subprocess.run(  # noqa: S603 - what is to be checked
            command, input=(FOLDER / case["envelope"]).read_bytes(), capture_output=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"it had not ended after {SECONDS} seconds"
    if "record" in case:
        if outcome.returncode != 0:
            return f"it has to open, and ended with {outcome.returncode}: {_first_line(outcome.stderr)!r}"
        wanted = (FOLDER / case["record"]).read_bytes()
        return (
            "" if outcome.stdout == wanted else f"{len(wanted)} bytes are in it, and {len(outcome.stdout)} others came"
        )
    if outcome.returncode != 1:
        return f"it has to stay closed ({case['refused']}), and the program ended with {outcome.returncode}"
    if outcome.stdout:
        return f"it has to stay closed, and {len(outcome.stdout)} bytes were written"
    said = _first_line(outcome.stderr)
    return "" if only_refused or said == case["refused"] else f"the reason is {case['refused']}, and it said {said!r}"


def _first_line(said: bytes) -> str:
    return said.decode("utf-8", "replace").strip().split("\n")[0].strip()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

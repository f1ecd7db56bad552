"""`python -m tests.fuzz TARGET [SECONDS]`: feed a target until it breaks or the time is over.

With atheris (pip install atheris: libFuzzer, guided by coverage) the whole of kuule is instrumented; without it, seeds
are bent at random, and that is said. An input that breaks a target is written to this folder as `fuzz-TARGET.…`.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

if find_spec("atheris") is not None:
    import atheris

    with atheris.instrument_imports(include=["kuule"]):
        from tests.fuzz.targets import TARGETS, Target, seeds
else:
    from tests.fuzz.targets import TARGETS, Target, seeds
from tests.fuzz.mutations import bent

SECONDS = 60


def main(arguments: list[str]) -> int:
    """The exit code: 0 where nothing broke, 1 where something did, 2 where no such target is known."""
    if not arguments or arguments[0] not in TARGETS:
        sys.stderr.write(f"name one of: {', '.join(TARGETS)}\n")
        return 2
    name, length = arguments[0], int(arguments[1]) if len(arguments) > 1 else SECONDS
    return _guided(name, length) if find_spec("atheris") is not None else _blind(name, length)


def _guided(name: str, length: int) -> int:
    """libFuzzer ends the process itself, with its own code and words."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds(name)):
            (Path(corpus) / f"seed-{number}").write_bytes(seed)
        options = ["fuzz", corpus, f"-max_total_time={length}", "-max_len=100000", f"-artifact_prefix=fuzz-{name}."]
        atheris.Setup(options, TARGETS[name])
        atheris.Fuzz()
    return 0


def _blind(name: str, length: int) -> int:
    sys.stderr.write("atheris is not installed: seeds are bent at random, without a look at coverage\n")
    chance, until, tried = random.Random(), time.monotonic() + length, 0
    while time.monotonic() < until:
        tried += 1
        if not _survives(TARGETS[name], bent(seeds(name), chance), Path(f"fuzz-{name}.broken")):
            return 1
    sys.stderr.write(f"{name}: {tried:,} inputs, none broke it\n")
    return 0


def _survives(target: Target, data: bytes, to: Path) -> bool:
    try:
        target(data)
    except Exception as error:  # noqa: BLE001 -- whatever a target raises is what is looked for
        to.write_bytes(data)
        sys.stderr.write(f"{type(error).__name__}: {error}\nthe input is in {to}\n")
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

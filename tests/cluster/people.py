"""People who answer from a host of their own, as a process: `python -m tests.cluster.people PORT WINDOWS FOLDER`.

Whoever was thanked is written down at once, so that it is known whatever happens; it ends when its input does.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from tests.journeys.crowd import Crowd


def main(port: int, windows: int, folder: Path) -> None:
    """Let them come until the input ends, then write down who was thanked and who was not."""
    crowd, ended = Crowd(port, windows=windows), threading.Event()
    crowd.start()
    noting = threading.Thread(target=_note, args=(crowd, folder / "thanks", ended))
    noting.start()
    sys.stdin.read()
    crowd.stop()
    ended.set()
    noting.join()
    told = {
        "thanked": sorted(crowd.thanked.elements()),
        "failures": [repr(failure)[:400] for failure in crowd.failures],
        "thanks": crowd.thanks,
    }
    (folder / "people.json").write_text(json.dumps(told))


def _note(crowd: Crowd, file: Path, ended: threading.Event) -> None:
    """How many were thanked so far, and when the last one was."""
    while not ended.wait(0.1):
        count = len(crowd.thanks)
        file.with_suffix(".new").write_text(f"{count} {crowd.thanks[-1] if count else 0:.3f} {len(crowd.failures)}")
        file.with_suffix(".new").rename(file)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))

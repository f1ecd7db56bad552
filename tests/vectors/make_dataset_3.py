"""How `dataset-3.json` was made: `python -m tests.vectors.make_dataset_3`. It never writes over a vector.

Its people were asked for leave to quote what they wrote: two gave it, one did not, one passed the question over; and
one answered an edition that asks nobody. `dataset-2.json` was made alike by the last version that wrote format
2, of people whom nobody asked.
"""

from __future__ import annotations

import json
import tempfile
from base64 import b64encode
from pathlib import Path

from tests.dataset.small import edition, record
from tests.dataset.test_open_texts import answered, asking
from tests.factories import make_dataset

TARGET = Path(__file__).with_name("dataset-3.json")


def folder_content(folder: Path) -> dict[str, str]:
    """Every file of a dataset, by its name."""
    return {path.name: b64encode(path.read_bytes()).decode() for path in sorted(folder.iterdir())}


if __name__ == "__main__":
    people = {
        1: answered("yes", told="yes", wish="a"),
        2: answered("no", wish="b"),
        3: answered(None, wish="a"),
        4: record({"wish": "c"}, number=2),
        5: answered("yes", wish="d"),
    }
    with tempfile.TemporaryDirectory() as place, TARGET.open("x", encoding="utf-8") as file:
        make_dataset(people, [asking(), edition(2)], Path(place) / "ds")
        json.dump(folder_content(Path(place) / "ds"), file, indent=1)

"""Processes that open side by side: what they are given, and where the key is not."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from kuule.dataset.ingest.part_opener import OpeningTask
from kuule.dataset.ingest.process_pool import open_parts
from kuule.dataset.ingest.record_validation import RecordValidator
from kuule.dataset.ingest.table_schemas import TableSchemas
from kuule.dataset.schema.columns import dataset_variables
from kuule.opening.private_key import PrivateKey
from tests.dataset.lifecycle.test_dataset_opening import children
from tests.factories import lenient, person, source

KEY = PrivateKey.generate(bytes(range(1, 33)), rehearsal=True)


def core_of(process: int) -> list[str]:
    """How long a core dump of a process may be: the limit now, and the most that it could be raised to."""
    limits = Path(f"/proc/{process}/limits").read_text().splitlines()
    return next(line.split()[4:6] for line in limits if line.startswith("Max core file size"))


def test_key_is_in_no_argument_and_no_environment_of_a_worker(tmp_path: Path) -> None:
    of = lenient()
    people = {number: person(number) for number in range(1, 21)}
    given = source(tmp_path / "a", people, of=of, rows_a_part=2, key=KEY)
    known = dataset_variables([of])
    task = OpeningTask(
        (given.sealed,), RecordValidator.from_editions([of], known), TableSchemas.for_dataset([of.id], known)
    )
    others = set(children())
    parts = open_parts(task, [KEY], 2)
    first = next(parts)
    workers = set(children()) - others
    while any(core_of(worker) != ["0", "0"] for worker in workers):  # one may still be starting
        time.sleep(0.05)
    seen = []
    for worker in workers:
        place = Path("/proc") / str(worker)
        said = (place / "cmdline").read_bytes()
        with suppress(PermissionError):  # a process that may not be dumped has its environment for root alone
            said += (place / "environ").read_bytes()
        group = int((place / "stat").read_text().rpartition(")")[2].split()[2])
        seen.append((any(secret in said for secret in (KEY.reveal(), KEY.reveal().hex().encode())), group == worker))
    assert seen == [(False, True)] * 2
    rows = sum(len(part.row_ids) for part in [first, *parts])
    assert (rows, set(children()) - others) == (20, set())

"""`python -m kuule.dataset.ingest.pool_worker`: a process that opens parts for `process_pool`, and ends with the
process that started it.

It is told what to do, and then given the keys, on its standard input, which is a pipe. The keys are nowhere else: in no
argument, no file, and nothing that it inherits. It keeps itself out of core dumps and swap before they arrive.
"""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection

from kuule.core.problems import KuuleError
from kuule.dataset.ingest.part_opener import OpeningTask, PartOpener
from kuule.opening.private_key import SECRET_LENGTH, PrivateKey
from kuule.sealing.memory_protection import protect_process_memory


def main() -> None:
    """Answer each (archive, part) with an OpenedPart, the problems of a KuuleError, or a traceback, until the input
    ends."""
    orders, answers = Connection(os.dup(0), writable=False), Connection(os.dup(1), readable=False)
    with suppress(EOFError, BrokenPipeError):
        protect_process_memory(later=False)
        task: OpeningTask = orders.recv()
        opener = PartOpener(task, _keys(orders))
        protect_process_memory(later=False)
        while True:
            order = orders.recv()
            try:
                answer: object = opener.open(*order)
            except KuuleError as error:
                answer = error.problems
            except Exception:  # noqa: BLE001 -- the outermost frame of this process: told in full where it was asked
                answer = traceback.format_exc()
            answers.send(answer)


def _keys(orders: Connection) -> list[PrivateKey]:
    """The keys: each has its kind, then its secret, which is overwritten at once."""
    keys = []
    for rehearsal in orders.recv():
        secret = bytearray(SECRET_LENGTH)
        orders.recv_bytes_into(secret)
        keys.append(PrivateKey(secret, rehearsal=rehearsal))
        secret[:] = bytes(SECRET_LENGTH)
        keys[-1].wipe()
    return keys


if __name__ == "__main__":
    sys.stdout = sys.stderr  # what is printed by mistake must not be read as an answer
    main()

"""What a collector is told when it starts; workers read it from an environment variable."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

OPTIONS_VARIABLE = "KUULE_COLLECTOR"
"""The environment variable that carries the options to the worker processes. It holds paths and no secret, unless the
database's address has a password in it (docs/how-to/postgresql.md: give a file instead)."""
MASTER_VARIABLE = "KUULE_COLLECTOR_MASTER"
"""The environment variable with the number of the process that the workers belong to."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """`editions`: folders of one study, the last for new visits. `database`: its address (`store.address`).

    `rehearsal`: serve editions with a practice key, and only those. `drafts`: also languages and help that no person
    has checked, marked on every page. `secret`: a file of at least 32 bytes from which the keys of the tokens are
    derived, so that visits live through a restart and are shared by hosts; None keeps one in memory, which is gone when
    the machine starts again (or, where it stands in the session's folder, when the user logs out). `behind_tls`: TLS or
    an onion service stands before this server, so that it may listen on more than this machine. `onion`: the address of
    the same site as an onion service, which pages then name in a header for Tor Browser; "" where there is none.
    `store`: the number of the store (`store.identity`) that the server was started with, None before it was looked at.
    `scrubbed_front`: whoever runs it says that what stands before this server (nginx, tor) overwrites memory that it
    gives back, or that nothing stands there; this process cannot look, so that pages say it only then.
    """

    editions: tuple[Path, ...]
    database: str
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    rehearsal: bool = False
    drafts: bool = False
    secret: Path | None = None
    behind_tls: bool = False
    onion: str = ""
    expected_store: int | None = None
    scrubbed_front: bool = False

    def to_text(self) -> str:
        """JSON for VARIABLE, paths absolute."""
        return json.dumps(
            {
                "editions": [str(path.resolve()) for path in self.editions],
                "database": self.database,
                "host": self.host,
                "port": self.port,
                "workers": self.workers,
                "rehearsal": self.rehearsal,
                "drafts": self.drafts,
                "secret": str(self.secret.resolve()) if self.secret else None,
                "behind_tls": self.behind_tls,
                "onion": self.onion,
                "store": self.expected_store,
                "scrubbed_front": self.scrubbed_front,
            }
        )

    @classmethod
    def from_text(cls, text: str) -> ServeOptions:
        """The reverse of `to_text`."""
        read = json.loads(text)
        return cls(
            editions=tuple(Path(path) for path in read["editions"]),
            database=read["database"],
            host=read["host"],
            port=read["port"],
            workers=read["workers"],
            rehearsal=read["rehearsal"],
            drafts=read["drafts"],
            secret=Path(read["secret"]) if read["secret"] else None,
            behind_tls=read["behind_tls"],
            onion=read["onion"],
            expected_store=read["store"],
            scrubbed_front=read["scrubbed_front"],
        )

"""The options with which a collector is started. Workers read them from an environment variable."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

OPTIONS_VARIABLE = "KUULE_COLLECTOR"
"""The environment variable with the options for the worker processes. It holds paths and no secret, unless the address
of the database has a password in it (docs/how-to/postgresql.md: give a file instead)."""
MASTER_VARIABLE = "KUULE_COLLECTOR_MASTER"
"""The environment variable with the process id of the workers' master."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """`editions`: folders of one study, the last one for new visits. `database`: its address
    (`store.location.database_address`).

    `rehearsal`: serve editions with a practice key, and only those. `drafts`: serve languages and help that nobody has
    checked too, marked on every page. `secret`: a file of 32 bytes from which the keys of the tokens are derived, so
    that visits survive a restart and are shared by hosts; None keeps the secret in memory, where it is gone when the
    machine restarts (or, where it is in the folder of the login session, when the user logs out). `behind_tls`: TLS or
    an onion service stands before this server, so that it may listen to other machines. `onion`: the address of the
    onion service that this server is, which then has no other name and listens on the Unix socket `socket` and on no
    port; "" for a site with a public name. `onion_location`: the address of an onion service of the same site, which a
    header of each page tells Tor Browser; "" where there is none.
    `expected_store`: the identity of the store that the server was started with (`store.location.identity`), None
    before it was read. `scrubbed_front`: the operator says that what stands before this server (nginx, tor) overwrites
    memory that it frees, or that nothing stands there. This process cannot check that, so pages promise it only then.
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
    socket: Path | None = None
    onion_location: str = ""
    expected_store: int | None = None
    scrubbed_front: bool = False

    def to_text(self, *, as_given: bool = False) -> str:
        """JSON for OPTIONS_VARIABLE, with absolute paths; `as_given` leaves them as they were typed."""
        absolute = str if as_given else lambda path: str(path.resolve())
        return json.dumps(
            {
                "editions": [absolute(path) for path in self.editions],
                "database": self.database,
                "host": self.host,
                "port": self.port,
                "workers": self.workers,
                "rehearsal": self.rehearsal,
                "drafts": self.drafts,
                "secret": absolute(self.secret) if self.secret else None,
                "behind_tls": self.behind_tls,
                "onion": self.onion,
                "socket": str(self.socket if as_given else self.socket.absolute()) if self.socket else None,
                "onion_location": self.onion_location,
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
            socket=Path(read["socket"]) if read["socket"] else None,
            onion_location=read["onion_location"],
            expected_store=read["store"],
            scrubbed_front=read["scrubbed_front"],
        )

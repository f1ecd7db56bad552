"""The options that the workbench is started with. Its worker reads them from an environment variable."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kuule.core.problems import Problem, WorkbenchError

OPTIONS_VARIABLE = "KUULE_WORKBENCH"
"""The environment variable that carries the options to the worker. It contains paths and no secret, unless the database
address has a password in it (docs/how-to/postgresql.md: use a file instead)."""
MASTER_VARIABLE = "KUULE_WORKBENCH_MASTER"
"""The environment variable with the id of the process that the worker belongs to."""
DEFAULT_PORT = 8020
_MAYBE_PATHS = ("register", "releases", "downloads", "verified")
_LOCAL = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class WorkbenchOptions:
    """`study`: the study folder. `data`: the workbench's own folder for accounts and its secret. `site`: the address
    that people open, https if TLS is in front; "" means this machine. `database`: the collector's, for counts, links
    and archives; "" means none. `editions`: folders of the editions whose answers may be downloaded. `survey`: the
    public address of the survey, for complete links; "" shows only their path. `register`: the folder of a register of
    law that partners code here; None means none. `releases`: the folder in which releases lie that members may preview;
    None means none. `downloads`: the folder in which files are laid ready for partners, below the code of each; None
    means none. `verified`: the file in which `kuule verify --watch` keeps what it saw of the survey; None means none.
    """

    study: Path
    data: Path
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    site: str = ""
    database: str = ""
    editions: tuple[Path, ...] = ()
    survey: str = ""
    register: Path | None = None
    releases: Path | None = None
    downloads: Path | None = None
    verified: Path | None = None

    @property
    def address(self) -> str:
        """The address of the site without a slash at the end. Passkeys need a host name, not a number: hence
        localhost."""
        return self.site.rstrip("/") or f"http://localhost:{self.port}"

    @property
    def https(self) -> bool:
        return self.address.startswith("https://")

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names that the site answers to."""
        named = urlsplit(self.address).hostname or ""
        return (*_LOCAL, named) if not self.site else (named,)

    def to_text(self) -> str:
        """JSON for OPTIONS_VARIABLE, with absolute paths."""
        table = asdict(self)
        table |= {"study": str(self.study.resolve()), "data": str(self.data.resolve())}
        for name in _MAYBE_PATHS:
            folder = getattr(self, name)
            table[name] = str(folder.resolve()) if folder is not None else None
        return json.dumps(table | {"editions": [str(path.resolve()) for path in self.editions]})

    @classmethod
    def from_text(cls, text: str) -> WorkbenchOptions:
        """The reverse of `to_text`."""
        read = json.loads(text)
        paths = {"study": Path(read["study"]), "data": Path(read["data"])}
        maybe = {name: Path(read[name]) if read[name] is not None else None for name in _MAYBE_PATHS}
        return cls(**{**read, **paths, "editions": tuple(map(Path, read["editions"])), **maybe})


def check_site_addresses(options: WorkbenchOptions) -> None:
    """Raise WorkbenchError WORKBENCH_001 if an address that people would be sent to is not valid."""
    for option, value in (("--site", options.site), ("--survey", options.survey)):
        parts = urlsplit(value)
        plain = parts.scheme == "http" and not (parts.hostname or "").endswith((".onion", "localhost"))
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or plain):
            cause = f"{value!r} is no address of a site that others may use"
            remedy = "give it as https://workbench.example.org (or http://….onion), without a path"
            raise WorkbenchError(Problem("WORKBENCH_001", option, cause, remedy))

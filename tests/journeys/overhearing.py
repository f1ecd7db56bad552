"""A line between a browser and a collector, and what goes over it: every address that is asked for, as it is asked."""

from __future__ import annotations

import re
import socket
import threading
from types import TracebackType
from typing import Self

_REQUEST = re.compile(rb"^(?:GET|POST|HEAD) (\S+) HTTP/1\.1\r$", re.MULTILINE)


class Overhearing:
    """Listens on a port of its own and passes everything on, unchanged, to `port`."""

    def __init__(self, port: int) -> None:
        self.asked: list[str] = []
        self._port = port
        self._server = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.getsockname()[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for one in (self._server, *self._open):
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
            except OSError:
                return
            self._open += [near, far]
            threading.Thread(target=self._pass_on, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._pass_on, args=(far, near, False), daemon=True).start()

    def _pass_on(self, here: socket.socket, there: socket.socket, listen: bool) -> None:
        try:
            while piece := here.recv(65536):
                if listen:
                    self.asked += [found.decode() for found in _REQUEST.findall(piece)]
                there.sendall(piece)
            there.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # one side went away, as browsers do

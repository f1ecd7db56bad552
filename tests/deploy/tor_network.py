"""A Tor network of its own on this machine: three authorities that are relays too, three relays, one visitor's client.

No line leaves 127.0.0.1. The settings that make it quick are those of chutney, the Tor project's own tool.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.nginx_for_tests import DEPLOY
from tests.patience import PATIENCE
from tests.ports import free_port

AUTHORITIES, RELAYS = 3, 6
OF_A_TEST = """
TestingTorNetwork 1
PathsNeededToBuildCircuits 0.67
TestingDirAuthVoteExit *
TestingDirAuthVoteHSDir *
TestingDirAuthVoteGuard *
TestingMinExitFlagThreshold 0
V3AuthNIntervalsValid 2
ShutdownWaitLength 1
ControlPort 0
RunAsDaemon 0
"""
OF_A_RELAY = """
SocksPort 0
Address 127.0.0.1
ExitRelay 0
ExitPolicy reject *:*
AssumeReachable 1
"""
OF_AN_AUTHORITY = """
AuthoritativeDirectory 1
V3AuthoritativeDirectory 1
ContactInfo nobody@example.org
TestingV3AuthInitialVotingInterval 20
TestingV3AuthInitialVoteDelay 4
TestingV3AuthInitialDistDelay 4
V3AuthVotingInterval 20
V3AuthVoteDelay 4
V3AuthDistDelay 4
"""
NOBODY = f"DirAuthority nobody orport=1 no-v2 v3ident={'A' * 40} 127.0.0.1:2 {'A' * 40}\n"


@dataclass(frozen=True)
class Network:
    """`socks` is the port of the visitor's client; `authorities` is what a configuration needs to be of the network."""

    folder: Path
    socks: int
    authorities: str


@contextmanager
def running_network(folder: Path) -> Iterator[Network]:
    made = [_relay(folder / f"r{number}", authority=number < AUTHORITIES) for number in range(RELAYS)]
    authorities = "".join(known for _, known in made)
    socks = free_port()
    client = _configured(folder / "client", f"{OF_A_TEST}SocksPort {socks}\n")
    with ExitStack() as running:
        for configuration in (*(relay for relay, _ in made), client):
            configuration.write_text(configuration.read_text("utf-8").replace(NOBODY, "") + authorities, "utf-8")
            running.enter_context(_running(configuration, {}))
        yield Network(folder, socks, authorities)


@contextmanager
def onion_service(
    network: Network, front: int | Path, environment: Mapping[str, str], key: Path | None = None
) -> Iterator[tuple[Path, int]]:
    """An onion service by deploy/tor/torrc before a server at the port or on the socket `front`: the file with its
    name, its process. `key`: a folder with the key that it is to have."""
    folder = network.folder / f"service-{free_port()}"
    ours = (DEPLOY / "tor" / "torrc").read_text("utf-8").replace("/var/lib/tor", str(folder))
    ours = re.sub(r"^(ControlPort|Log) .*$", "", ours, flags=re.MULTILINE)
    target = f"127.0.0.1:{front}" if isinstance(front, int) else f"unix:{front}"
    ours = ours.replace("unix:/run/kuule-front/onion.sock", target)
    configuration = _configured(folder, OF_A_TEST + ours + "\n" + network.authorities)
    if key is not None:
        shutil.copytree(key, folder / "kuule")
    # In its sandbox it may hear no signal (decision 0087): systemd too kills it in the end.
    with _running(configuration, environment, signal.SIGKILL) as process:
        yield folder / "kuule" / "hostname", process.pid


def _configured(folder: Path, settings: str) -> Path:
    folder.mkdir(mode=0o700)
    (folder / "torrc").write_text(f"DataDirectory {folder}/data\n{settings}", "utf-8")
    return folder / "torrc"


def _relay(folder: Path, *, authority: bool) -> tuple[Path, str]:
    """Its configuration, and for an authority the line by which others know it."""
    line, directory = free_port(), free_port()
    settings = f"{OF_A_TEST}{OF_A_RELAY}Nickname {folder.name}\nOrPort {line}\nDirPort {directory}\n"
    configuration = _configured(folder, settings + (OF_AN_AUTHORITY if authority else "") + NOBODY)
    if not authority:
        return configuration, ""
    identity = _authority_keys(folder / "data" / "keys", directory)
    command = ["tor", "--defaults-torrc", "/dev/null", "-f", str(configuration), "--list-fingerprint", "--quiet"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    fingerprint = said.splitlines()[-1].partition(" ")[2].replace(" ", "")
    known = f"DirAuthority {folder.name} orport={line} no-v2 v3ident={identity} 127.0.0.1:{directory} {fingerprint}\n"
    return configuration, known


def _authority_keys(keys: Path, directory: int) -> str:
    keys.mkdir(mode=0o700, parents=True)
    keys.parent.chmod(0o700)
    command = [
        "tor-gencert", "--create-identity-key", "--passphrase-fd", "0", "-m", "12", "-a", f"127.0.0.1:{directory}",
        "-i", str(keys / "authority_identity_key"), "-s", str(keys / "authority_signing_key"),
        "-c", str(keys / "authority_certificate"),
    ]  # fmt: skip
    subprocess.run(command, input=b"practice\n", capture_output=True, check=True)
    certificate = (keys / "authority_certificate").read_text("ascii")
    return re.findall(r"^fingerprint (\w+)$", certificate, flags=re.MULTILINE)[0]


@contextmanager
def _running(
    configuration: Path, environment: Mapping[str, str], how: signal.Signals = signal.SIGTERM
) -> Iterator[subprocess.Popen[bytes]]:
    command = ["tor", "--defaults-torrc", "/dev/null", "-f", str(configuration), "--Log", "notice stdout"]
    with configuration.with_name("said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, **environment})
    try:
        yield process
    finally:
        process.send_signal(how)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise

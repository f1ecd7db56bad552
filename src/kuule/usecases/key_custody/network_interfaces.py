"""Whether this machine seems to have a network: keys should be made, and answers opened, without one."""

from __future__ import annotations

from pathlib import Path

_INTERFACES = Path("/sys/class/net")
_LOOPBACK = "772"
"""ARPHRD_LOOPBACK in <linux/if_arp.h>."""


def connected_interfaces(interfaces: Path = _INTERFACES) -> tuple[str, ...]:
    """The names of the network interfaces that are connected, other than loopback; () if this cannot be found out."""
    if not interfaces.is_dir():
        return ()
    return tuple(sorted(one.name for one in interfaces.iterdir() if _is_connected(one)))


def _is_connected(interface: Path) -> bool:
    try:
        if (interface / "type").read_text(encoding="ascii").strip() == _LOOPBACK:
            return False
        return (interface / "carrier").read_text(encoding="ascii").strip() == "1"
    except OSError:  # an interface that is switched off has no carrier to read
        return False

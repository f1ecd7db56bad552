"""Whether a machine seems to have a network, from folders as Linux has them."""

from pathlib import Path

from kuule.usecases.key_custody.network_interfaces import connected_interfaces


def interface(folder: Path, name: str, kind: str, carrier: str | None) -> None:
    (folder / name).mkdir(parents=True)
    (folder / name / "type").write_text(f"{kind}\n")
    if carrier is not None:
        (folder / name / "carrier").write_text(f"{carrier}\n")


def test_interfaces_with_a_line_are_named_and_the_loopback_is_not(tmp_path: Path) -> None:
    interface(tmp_path, "wlan0", "1", "1")
    interface(tmp_path, "eth0", "1", "0")
    interface(tmp_path, "eth1", "1", None)
    interface(tmp_path, "lo", "772", "1")
    interface(tmp_path, "enp3s0", "1", "1")
    assert connected_interfaces(tmp_path) == ("enp3s0", "wlan0")


def test_where_it_cannot_be_seen_nothing_is_said(tmp_path: Path) -> None:
    assert connected_interfaces(tmp_path / "none") == ()

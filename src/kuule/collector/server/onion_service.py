"""What is refused where this server is an onion service: whatever would give it another name or another door."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.collector.served.onion_address import is_service_address
from kuule.collector.served.serve_options import ServeOptions
from kuule.core.problems import KuuleError, Problem

_PLACE = "kuule serve --onion"


def check_onion_options(options: ServeOptions) -> None:
    """Raise KuuleError with each option that an onion service does not have: SERVE_023 (another door than its socket),
    SERVE_024 (another name), SERVE_019 (an address that is none)."""
    problems = [*_doors(options), *_names(options)]
    if problems:
        raise KuuleError(*problems)


def _doors(options: ServeOptions) -> Iterator[Problem]:
    if options.socket and not options.onion:
        cause = "a socket is for an onion service, and none is named"
        yield Problem("SERVE_023", "kuule serve --socket", cause, "add --onion http://….onion, or leave --socket out")
    if not options.onion:
        return
    if options.socket is None:
        remedy = "add --socket /run/kuule/collector.sock; deploy/tor has what stands before it"
        yield Problem("SERVE_023", _PLACE, "an onion service listens on a Unix socket only, and none is named", remedy)
    if options.host or options.port:
        cause = f"it would listen at {options.host}:{options.port} too, where it can be found without Tor"
        yield Problem("SERVE_023", _PLACE, cause, "leave --host and --port out; --socket is its only door")
    if options.behind_tls:
        cause = "--behind-tls is for a site with a public name, which a certificate publishes"
        yield Problem("SERVE_023", _PLACE, cause, "leave --behind-tls out: Tor has encrypted the line already")


def _names(options: ServeOptions) -> Iterator[Problem]:
    if options.onion and not is_service_address(options.onion):
        cause = "this is no address of an onion service: 56 letters and digits with a checksum, and no path or port"
        yield Problem("SERVE_019", options.onion, cause, "give it as http://….onion, as the file hostname has it")
    if options.onion and options.onion_location:
        cause = "--onion-location is for a site that has a public name as well, and pages would tell of both"
        yield Problem("SERVE_024", _PLACE, cause, "leave --onion-location out")

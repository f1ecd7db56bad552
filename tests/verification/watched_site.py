"""A real collector with a proxy before it that can lie, and what is seen of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kuule.verification.agreed_edition import AgreedEdition, read_agreed_edition
from kuule.verification.site_findings import SiteState
from kuule.verification.site_verification import Verification, verify_site
from tests.collector.server.servers import small_site
from tests.verification.lying_proxy import Lie, LyingProxy, lying_proxy

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@dataclass(frozen=True)
class WatchedSite:
    """A real collector behind a proxy, and what was agreed on."""

    url: str
    proxy: LyingProxy
    agreed: AgreedEdition
    edition: Path

    def seen(self, lie: Lie | None = None, **changes: object) -> Verification:
        """What is seen of it while the proxy lies so."""
        self.proxy.lie = lie or (lambda answer: answer)
        self.proxy.asked.clear()
        return verify_site(self.proxy.url, now=NOON, **{"agreed": self.agreed, **changes})

    def wrong(self, lie: Lie | None = None, **changes: object) -> dict[str, str]:
        """What is wrong with it while the proxy lies so."""
        return in_state(self.seen(lie, **changes), SiteState.WRONG)


def in_state(seen: Verification, state: SiteState) -> dict[str, str]:
    """The findings in a state, by what was looked at."""
    return {one.check: one.told for one in seen.findings if one.state is state}


@contextmanager
def watch_site(folder: Path) -> Iterator[WatchedSite]:
    """A collector with the small study, made in `folder`."""
    with small_site(folder) as url, lying_proxy(url) as proxy:
        yield WatchedSite(url, proxy, read_agreed_edition(folder / "edition"), folder / "edition")

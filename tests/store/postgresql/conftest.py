"""A cluster for a whole run; a test that ends or promotes a member takes one of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kuule.store.database import close_connections, configure, prepare_store
from tests.store.cluster import Cluster, running_cluster


@pytest.fixture(scope="session")
def shared_cluster() -> Iterator[Cluster]:
    with running_cluster(2) as running:
        yield running


@pytest.fixture
def cluster(shared_cluster: Cluster) -> Iterator[Cluster]:
    """One that takes writes and two that follow it, with prepared tables, which are turned to."""
    shared_cluster.members[0].emptied()
    configure(shared_cluster.url("&timeout=5"))
    prepare_store(new=True)
    yield shared_cluster
    close_connections()

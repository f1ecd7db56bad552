"""The Django app "store"."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """One model, no signals, nothing at start."""

    name = "kuule.store"
    label = "store"

"""Tests of kuule.store.postgresql."""

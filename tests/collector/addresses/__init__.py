"""Tests of kuule.collector.addresses."""

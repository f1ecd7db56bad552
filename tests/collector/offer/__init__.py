"""Tests of kuule.collector.offer."""

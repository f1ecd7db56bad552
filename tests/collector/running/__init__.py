"""Tests of kuule.collector.running."""

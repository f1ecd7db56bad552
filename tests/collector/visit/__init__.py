"""Tests of kuule.collector.visit."""

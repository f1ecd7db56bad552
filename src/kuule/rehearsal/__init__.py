"""Rehearsal: people who do not exist answer an edition over HTTP, so that a study is tried before anyone is asked."""

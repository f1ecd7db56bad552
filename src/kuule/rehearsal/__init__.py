"""People who do not exist: they answer an edition over HTTP, so that a study is tried before anyone is asked."""

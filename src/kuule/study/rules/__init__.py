"""What a study is held to: one rule a file, each with its CODE and its reason, listed in `rule_registry`."""

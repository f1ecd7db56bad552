"""The rules that a study must keep: one module for each, with its CODE and its reason, listed in `rule_registry`."""

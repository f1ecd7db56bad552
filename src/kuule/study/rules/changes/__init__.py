"""Rules on what changed since an earlier edition, so that the answers of both can be counted together."""

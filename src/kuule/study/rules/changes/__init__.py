"""Rules on what changed since an earlier edition, so that answers of both can be counted together."""

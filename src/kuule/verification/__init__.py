"""Verification: what anybody can see of a running site from outside, held against what it promises."""

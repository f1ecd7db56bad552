"""Where `kuule serve` finds its options when it has started itself anew (`collector_process`)."""

SERVING_VARIABLE = "KUULE_SERVING"
"""An environment variable. It holds what was typed, and is taken out before anything is served."""

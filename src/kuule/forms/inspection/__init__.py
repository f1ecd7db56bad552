"""What a compiled form would do at its largest, and what it makes of the clock and of random numbers: for `kuule
check`, before anybody answers."""

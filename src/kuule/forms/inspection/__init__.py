"""For `kuule check`, before anybody answers: what a form costs at its largest, and what it makes of the clock and of
random numbers."""

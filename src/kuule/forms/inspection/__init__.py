"""A form looked at before anybody answers: what it costs at its largest, what it makes of the clock and of random
numbers, and all of it without its conditions."""

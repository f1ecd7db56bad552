"""How what Kuule costs grows: with people at once, questions, responses and languages."""

"""Which page comes next, what is on it, and how posted answers are put into the response. No HTML, no HTTP."""

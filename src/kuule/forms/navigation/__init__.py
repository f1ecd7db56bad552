"""Which page comes next, what stands on it, and how posted answers are bound to it. No HTML, no HTTP."""

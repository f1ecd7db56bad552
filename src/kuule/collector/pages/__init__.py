"""What is shown: an outcome of the conversation as a page, its questions drawn, the promise in words."""

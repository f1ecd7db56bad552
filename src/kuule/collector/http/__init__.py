"""The collector's addresses: its URLs, its views, and the pages for requests that are refused."""

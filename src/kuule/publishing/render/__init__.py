"""A report that is said already, set as one HTML file, as tagged PDF, and its charts as SVG."""

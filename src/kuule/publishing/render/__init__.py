"""A report whose words are complete, rendered as one HTML file and as tagged PDF, with its charts as SVG."""

"""Charts of released numbers: one module for each kind, which one suits a figure, and each as SVG and PNG."""

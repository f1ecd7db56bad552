"""The releases at the workbench: what there is of each, a preview, a download. Another process reads them."""

"""The texts of a register in other languages than its own, and Kuule's words on its pages."""

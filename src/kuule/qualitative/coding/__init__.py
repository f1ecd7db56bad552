"""The codebook as a tree, blind double coding, adjudication, agreement by code and memos."""

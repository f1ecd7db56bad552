"""What a dataset is: its columns, its codebook, what it says of itself, and reading it from the disk. Nothing here
opens or changes one."""

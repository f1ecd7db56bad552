"""What a dataset is: its columns, its codebook, what it says about itself, and how it is read from the disk. Nothing
here opens or changes one."""

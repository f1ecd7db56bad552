"""What Kuule is used for, one function a use case: plain arguments in, a result out. It may see every package
below and knows no terminal; the command line is one of those who call it."""

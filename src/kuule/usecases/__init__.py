"""What Kuule is used for: one function for each use case, with plain arguments and a result. Use cases may see every
package below and know nothing of a terminal; the command line is one of their callers."""

"""The desk of the register: coders read law for their countries, propose values, confirm them, disagree, and code
blind. It writes the files of the register, which are all there is."""

"""Double coding: how far two who coded the same law blind came to the same answers, and what that settles."""

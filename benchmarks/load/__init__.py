"""Load on loopback: a client that costs little, the users it plays, and the house they use."""

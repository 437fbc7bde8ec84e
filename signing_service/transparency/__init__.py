"""The append-only log: RFC 6962 hashing, C2SP signed-note checkpoints and tiles, proofs."""

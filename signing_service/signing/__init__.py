"""PAdES signatures: prepare, sign, embed, finish (ETSI EN 319 142-1)."""

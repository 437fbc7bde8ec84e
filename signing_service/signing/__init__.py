"""PAdES in four steps that can each be stored: prepare, sign, embed, finish (docs/ISSUANCE-CYCLE.md)."""

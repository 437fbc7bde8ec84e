"""Electronic school transcripts and award records: issued, signed, logged, archived and verified."""

__version__ = "0.1.0"

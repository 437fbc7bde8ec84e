"""The use cases, one verb a file, one transaction each; they own the protocols they need."""

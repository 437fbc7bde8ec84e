"""Evidence bundles beside frozen files, and fixity."""

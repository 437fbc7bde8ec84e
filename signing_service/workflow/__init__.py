"""Who signs what in which order: the states of a case and their legal moves."""

"""Private keys and nothing else: sealed at rest, opened for one request, never readable."""

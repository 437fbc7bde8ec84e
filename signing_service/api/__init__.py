"""The JSON and protocol endpoints for programs, thin."""

"""The pages for people, thin."""

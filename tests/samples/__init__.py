"""Makes the shipped sample classes, cell by cell, with our own rules; `python -m tests.samples.class_7b` writes one file anew."""

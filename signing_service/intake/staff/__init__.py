"""Workbooks of the directory: lists of schools and offices, and lists of their staff, with errors that name sheet, row and column."""

"""Spreadsheets become records, or errors that name sheet, row and column."""

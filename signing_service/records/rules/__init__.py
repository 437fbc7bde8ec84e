"""Dated grading rules: one file for each question that the circular answers, chosen by school year, level and grade."""

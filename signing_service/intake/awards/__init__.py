"""A workbook of one award decision becomes a decision, or errors that name sheet, row and column."""

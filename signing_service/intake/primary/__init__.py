"""Class workbooks of primary school (TT 27/2020): their headings, their cells, and the year that follows from them."""

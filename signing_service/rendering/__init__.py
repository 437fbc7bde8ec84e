"""A record becomes an unsigned PDF/A-3a and PDF/UA-1 document: same input, same bytes."""

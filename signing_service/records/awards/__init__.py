"""Award decisions (quyết định khen thưởng), the certificates that follow from them, and the dated catalogue of titles and authorities."""

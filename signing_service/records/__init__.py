"""What is asserted: transcripts as immutable values, their canonical bytes, and the dated rules they follow."""

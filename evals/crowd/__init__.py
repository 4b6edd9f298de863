"""Other documents around those that the cases ask about, to see whether the answers are still found."""

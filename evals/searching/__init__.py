"""The retrieval benchmark put together: a set taken in as documents are, and asked by every kind of search."""

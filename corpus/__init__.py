"""What the assistant knows: documents, sources, Swedish text analysis, embedder and the published index."""

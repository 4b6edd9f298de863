"""Training of the built-in embedding model: from the data folder to the model, its card and its figures."""

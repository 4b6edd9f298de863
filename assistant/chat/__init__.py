"""The chat-model answerer: words an answer that the extractive engine has found, and shows only what is borne out."""

"""The Gradio page that staff use, mounted in FastAPI beside the API."""

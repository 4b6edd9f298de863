"""Shared by every test: nothing leaves the machine, and the person's own settings and data stay out of it."""

import os

# Set before any test module imports the libraries that read them.
os.environ.update(
    {
        "ANONYMIZED_TELEMETRY": "False",
        "GRADIO_ANALYTICS_ENABLED": "False",
        "HF_HUB_OFFLINE": "1",
        "LANGCHAIN_TRACING_V2": "false",
        "LANGSMITH_TRACING": "false",
        "TOKENIZERS_PARALLELISM": "false",
    }
)
for _name in [name for name in os.environ if name.startswith("FRAGA_")]:
    del os.environ[_name]

"""The index of the bundled documents and the assistant over it, as the assistant's own tests have them."""

from tests.assistant import conftest as shared

bundled_data = shared.bundled_data
assistant = shared.assistant

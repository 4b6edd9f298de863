"""From a question to a cited answer: understand, retrieve, answer, verify."""

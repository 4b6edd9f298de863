"""Yes/no questions over public documents that the project does not hold: whether the rules for verdicts carry over."""

"""The same questions put in other ways, to see whether the answers stay."""

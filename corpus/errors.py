"""The error tree that every room shares; a message names the item, what was found and what to do next.

FragaError
├── SettingsError        a setting or environment variable is wrong
├── UsageError           a command was used wrongly, or a named thing does not exist
├── DocumentError        one file or manifest entry cannot be read (names the file)
├── IndexUnavailable     there is no published index, or it cannot be opened
│   └── ModelMismatch    the index was built with another embedding model
├── LockedError          another process is writing the index
└── CheckFailed          a gate or self-check did not hold; nothing was changed
"""


class FragaError(Exception):
    """Base of every error that this program raises on purpose; its text is fit to show to an admin."""

    exit_code = 2

    def __str__(self) -> str:
        """The message on one line, whatever a file's name in it holds."""
        return printable(super().__str__())


class SettingsError(FragaError):
    """A setting or environment variable is unknown or has a value that cannot be used."""


class UsageError(FragaError):
    """A command was used wrongly, or names something that does not exist."""


class DocumentError(FragaError):
    """One file or manifest entry cannot be read; the message names it."""


class IndexUnavailable(FragaError):
    """There is no published index, or it cannot be opened."""

    exit_code = 1


class ModelMismatch(IndexUnavailable):
    """The published index was built with another embedding model than the one in use."""


class LockedError(FragaError):
    """Another process holds the write lock of the data folder."""

    exit_code = 1


class CheckFailed(FragaError):
    """A gate or a self-check did not hold; what was live before still is."""

    exit_code = 1


def printable(text: str) -> str:
    """``text`` with what a terminal would act on (line breaks, escapes, marks that turn the writing) written out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)

"""The errors a user may see: each message is one sentence that says what, which file and what to do next."""


class DatelineError(Exception):
    """A failure that the user can act on; its text is shown without a traceback."""


class InputNotFoundError(DatelineError):
    """An input path does not exist or holds nothing that can be read."""


class MissingStageError(DatelineError):
    """A stage was asked for before the one that makes its input."""


class ModelError(DatelineError):
    """A spaCy pipeline cannot be loaded or lacks what the rules need."""


class DataError(DatelineError):
    """A dataset breaks its schema: columns, nulls or key; all problems are listed."""


class ReferenceDataError(DatelineError):
    """A file of seeds/reference is broken; the message names file and row."""


class LockedError(DatelineError):
    """Another run holds the data folder."""


class CheckFailedError(DatelineError):
    """A check of the warehouse found bad rows, so nothing was published."""

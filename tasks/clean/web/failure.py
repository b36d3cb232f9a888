"""Why an address gave no document: a named reason and one sentence."""


class FetchError(Exception):
    """An address that gives no document; a transient one may do so later."""

    def __init__(
        self, reason: str, detail: str, *, is_transient: bool = False, retry_after: float | None = None
    ) -> None:
        """Holds the named reason, one sentence, and in how many seconds the server wants to be asked again."""
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.is_transient = is_transient
        self.retry_after = retry_after

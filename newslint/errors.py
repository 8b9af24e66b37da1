"""The errors that a person can mend; each says where, what is wrong, and what was expected."""


class NewslintError(Exception):
    """`name:line: message`; line 0 where no line can be named."""

    def __init__(self, name: str, message: str, line: int = 0) -> None:
        super().__init__(name, message, line)
        self.name = name
        self.message = message
        self.line = line

    def __str__(self) -> str:
        place = f"{self.name}:{self.line}" if self.line else self.name
        return f"{place}: {self.message}"


class StyleError(NewslintError):
    """A rule file that cannot be used."""


class ConfigError(NewslintError):
    """A configuration that cannot be used."""


class DraftError(NewslintError):
    """A draft that cannot be read."""

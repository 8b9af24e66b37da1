"""What keeps LanguageTool from answering."""


class LanguageToolError(Exception):
    """LanguageTool cannot be had, or does not answer; the text says why, and what to do."""

"""What the commands do, a module a family; they give lines or exit codes."""

CLEAN, FOUND, FAILED = 0, 1, 2
"""The exit codes."""

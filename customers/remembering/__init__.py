"""The line "+ remember": one fact in plain words, and where it belongs."""

from customers.remembering.guess import Guess
from customers.remembering.reading import anywhere, read

__all__ = ["Guess", "anywhere", "read"]

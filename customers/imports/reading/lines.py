"""Lines of a file from anywhere in it, with the place where each one begins; flat in memory."""

import codecs
from typing import Any

BLOCK = 1 << 16
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


class RunsOn(Exception):
    """A record has more lines than any record should."""


def mark_of(head: bytes) -> bytes:
    """The byte order mark that a file begins with."""
    return next((mark for mark in MARKS if head.startswith(mark)), b"")


class Lines:
    """`at` and `number` say where the next line begins; `left` how many may still be taken."""

    def __init__(self, content: Any, encoding: str, at: int = 0, number: int = 1):
        self.content, self.encoding = content, encoding
        self.width = 2 if encoding.startswith("utf-16") else 1
        head = bytes(content[:BLOCK])
        self.newline = "\n".encode(encoding)
        if self.newline not in head and "\r".encode(encoding) in head:
            self.newline = "\r".encode(encoding)
        self.left = 1 << 62
        self.has_nul = self.is_odd = False
        self.at, self.number = at or len(mark_of(head)), number
        self.block, self.offset = b"", 0

    def seek(self, at: int, number: int) -> None:
        """Back to where a line began."""
        back = self.at - at
        if back > self.offset:
            self.block, self.offset = b"", 0
        else:
            self.offset -= back
        self.at, self.number = at, number

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        if not self.left:
            raise RunsOn
        raw = self.take()
        if not raw:
            raise StopIteration
        self.left -= 1
        said = self.decoded(raw)
        if "\0" in said:
            self.has_nul = True
        return said.replace("\0", "")

    def take(self) -> bytes:
        """The bytes of the next line, with its end."""
        end = self.find(self.offset)
        while end < 0:
            known = len(self.block) - self.offset
            start = self.at + known
            more = bytes(self.content[start : start + BLOCK])
            self.block, self.offset = self.block[self.offset :] + more, 0
            if not more:
                end = len(self.block)
                break
            end = self.find(max(0, known - self.width))
        raw = self.block[self.offset : end]
        self.offset = end
        self.at += len(raw)
        self.number += bool(raw)
        return raw

    def find(self, start: int) -> int:
        """Where the line ends that goes on at `start`; -1 if the block does not say."""
        found = self.block.find(self.newline, start)
        while found >= 0 and (found - self.offset) % self.width:
            found = self.block.find(self.newline, found + 1)
        return found + self.width if found >= 0 else -1

    def decoded(self, raw: bytes) -> str:
        """A line that is not in the encoding of the file is read as the older ones are."""
        try:
            said = raw.decode(self.encoding)
        except UnicodeDecodeError:
            self.is_odd = True
            said = older(raw) if self.width == 1 else raw.decode(self.encoding, "replace")
        return said[:-1] + "\n" if said.endswith("\r") else said

    def has_more(self) -> bool:
        if self.offset < len(self.block):
            return True
        return bool(bytes(self.content[self.at : self.at + 1]))


def older(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")

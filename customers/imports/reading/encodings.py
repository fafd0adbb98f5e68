"""In which encoding a file is written; nothing is decoded as a whole."""

import codecs
import re

from customers.imports.reading.lines import MARKS, mark_of
from customers.imports.reading.parts import Problem, problem

BLOCK = 1 << 20
HEAD = 1 << 16
UNASSIGNED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # in Windows-1252
SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
HIGH = re.compile(rb"[\x80-\xff]+")
MOSTLY, RARELY = 0.4, 0.05
NO_TEXT = bytes(sorted(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1a\x1b")))
MOST_CONTROLS = 0.02
A_FEW = 10


def encoding_of(content: bytes) -> tuple[str, list[Problem]]:
    """The encoding, and what is doubtful about it."""
    if mark := mark_of(content[:4]):
        return MARKS[mark], []
    if wide := without_mark(content[:HEAD]):
        return wide, []
    if is_utf8(content):
        return "utf-8", []
    head = content[:BLOCK]
    if 2 * len(SEQUENCE.findall(head)) > len(HIGH.findall(head)):
        return "utf-8", [problem("mixed-encoding")]
    if UNASSIGNED.search(content):
        return "latin-1", [problem("latin-1")]
    return "cp1252", []


def without_mark(head: bytes) -> str:
    """UTF-16 shows itself by its many zeros, on one side."""
    if len(head) < A_FEW:
        return ""
    even, odd = (head[side::2].count(0) / (len(head) / 2) for side in (0, 1))
    if odd > MOSTLY and even < RARELY:
        return "utf-16-le"
    return "utf-16-be" if even > MOSTLY and odd < RARELY else ""


def is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), BLOCK):
            decoder.decode(content[start : start + BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def is_binary(content: bytes, encoding: str) -> bool:
    """More control characters than any text has; a few NUL bytes are met in real ones."""
    head = content[:HEAD]
    if encoding.startswith("utf-16"):
        head = head.decode(encoding, "replace").encode()
    strange = len(head) - len(head.translate(None, NO_TEXT))
    return strange > max(A_FEW, MOST_CONTROLS * len(head))

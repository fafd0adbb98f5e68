"""The lines of a vCard: unfolded, split into name, parameters and value, and decoded.

A reader of our own, since real files break the rules in ways that a strict one refuses, and a
position in the file has to be known after each card.
"""

import base64
import binascii
import quopri
import re
from typing import NamedTuple

from customers.imports.reading.lines import older

HEAD = re.compile(r"(?:([\w-]+)\.)?([\w-]+)\s*$")
QUOTED_HEAD = re.compile(r'((?:[^":]|"[^"]*")*):')
PIECES = re.compile(r';((?:[^";]|"[^"]*")*)')
VALUES = re.compile(r'"([^"]*)"|([^",]+)')
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
BY_SEMICOLON = re.compile(r"(?<!\\)((?:\\\\)*);")
BY_COMMA = re.compile(r"(?<!\\)((?:\\\\)*),")
CARETS = re.compile(r"\^([n^'])")
CARET_MEANS = {"n": "\n", "^": "^", "'": '"'}
CUSTOM = re.compile(r"X-CUSTOM\((?:[^,)]*,)*([^,)]*)\)", re.IGNORECASE)  # of Android
QUOTED_PRINTABLE, BASE64 = {"QUOTED-PRINTABLE", "Q"}, {"BASE64", "B"}
LINE_BREAKS = {"n": "\n", "N": "\n"}


class Property(NamedTuple):
    """`types` are in lower case, names of parameters in upper case; `value` is still as written."""

    group: str
    name: str
    types: list[str]
    params: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        return unescaped(self.decoded(self.value))

    @property
    def parts(self) -> list[str]:
        """Components between semicolons."""
        return [unescaped(self.decoded(part)) for part in split(self.value, ";", BY_SEMICOLON)]

    @property
    def items(self) -> list[str]:
        """A list with commas."""
        return [unescaped(part) for part in split(self.decoded(self.value), ",", BY_COMMA)]

    def decoded(self, value: str) -> str:
        encoding = self.params.get("ENCODING", "").upper()
        if encoding in QUOTED_PRINTABLE:
            return in_charset(quopri.decodestring(value.encode()), self.params)
        if encoding in BASE64:
            return in_charset(from_base64(value), self.params)
        return value


def in_charset(raw: bytes, params: dict[str, str]) -> str:
    charset = params.get("CHARSET", "")
    for encoding, errors in ((charset or "utf-8", "strict"), (charset or "none", "replace")):
        try:
            said = raw.decode(encoding, errors)
            said.encode()  # some encodings say half a character, which cannot be stored
        except (LookupError, UnicodeError):
            continue
        return said
    return older(raw)


def from_base64(value: str) -> bytes:
    try:
        return base64.b64decode(value)
    except (binascii.Error, ValueError):
        return value.encode()


def split(value: str, separator: str, pattern: re.Pattern[str]) -> list[str]:
    """At separators that no backslash takes back."""
    if "\\" not in value:
        return value.split(separator)
    return pattern.sub("\\1\0", value).split("\0")


def unescaped(value: str) -> str:
    return ESCAPED.sub(lambda found: LINE_BREAKS.get(found[1], found[1]), value)


def parsed(line: str) -> Property | None:
    """A content line taken apart; None if it is none."""
    head, colon, value = line.partition(":")
    if not colon:
        return None
    if '"' in head:
        found = QUOTED_HEAD.match(line)
        if found:
            head, value = found[1], line[found.end() :]
    name, semicolon, rest = head.partition(";")
    named = HEAD.fullmatch(name)
    if named is None:
        return None
    types, params = parameters(rest) if semicolon else ([], {})
    return Property((named[1] or "").lower(), named[2].upper(), types, params, value)


def parameters(rest: str) -> tuple[list[str], dict[str, str]]:
    """With a name as in 3.0 and 4.0, or alone as in 2.1."""
    types: list[str] = []
    params: dict[str, str] = {}
    for piece in PIECES.findall(f";{rest}") if '"' in rest else rest.split(";"):
        if found := CUSTOM.fullmatch(piece):
            params["X-CUSTOM"] = in_charset(quopri.decodestring(found[1].encode()), {})
            continue
        name, equals, value = piece.partition("=")
        name, value = name.strip().upper(), value.strip()
        if not equals:
            add_alone(name, types, params)
        elif name == "TYPE":
            values = [quoted or plain for quoted, plain in VALUES.findall(value)]
            types += [word.strip().lower() for said in values for word in said.split(",")]
        else:
            params[name] = CARETS.sub(lambda found: CARET_MEANS[found[1]], value.strip('"'))
    return types, params


def add_alone(name: str, types: list[str], params: dict[str, str]) -> None:
    if name in QUOTED_PRINTABLE | BASE64:
        params["ENCODING"] = name
    elif name:
        types.append(name.lower())

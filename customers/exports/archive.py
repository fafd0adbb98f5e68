"""A ZIP that grows slice by slice, each slice compressed where it is made.

Members grow side by side, as sections of a stored file; at the end their parts are put in order
with the archive's headers between them, and no content is read or written again.
"""

import dataclasses
import struct
import zlib
from typing import Any

from django.db.models import F
from django.utils import timezone

from partners import files
from partners.models import FilePart, StoredFile

CONTENT_TYPE = "application/zip"
LOCAL, CENTRAL, END = 0x04034B50, 0x02014B50, 0x06054B50
VERSION, UTF_8, DEFLATED, ON_UNIX = 20, 1 << 11, 8, 3 << 8
READABLE = 0o100644 << 16
LAST_BLOCK = b"\x03\x00"  # an empty one, which says that the stream ends


@dataclasses.dataclass
class Member:
    crc: int = 0
    size: int = 0
    packed: int = 0
    parts: int = 0


class Archive:
    """`keep` saves what a slice added and tells what the next one needs to go on: plain JSON."""

    def __init__(self, file: StoredFile, state: dict[str, Any]):
        self.file = file
        self.members = {name: Member(**member) for name, member in state.items()}
        self.new: list[FilePart] = []

    def keep(self) -> dict[str, Any]:
        self.file.partner.file_parts.bulk_create(self.new)
        self.new = []
        return {name: dataclasses.asdict(member) for name, member in self.members.items()}

    def add(self, name: str, content: str | bytes) -> None:
        """More of a member; members stand in the archive in the order of their first content."""
        content = content.encode() if isinstance(content, str) else content
        member = self.members.setdefault(name, Member())
        if not content:
            return
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        packed = packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
        member.crc = zlib.crc32(content, member.crc)
        member.size += len(content)
        member.packed += len(packed)
        for start in range(0, len(packed), files.PART):
            content = packed[start : start + files.PART]
            self.new.append(self.part(member.parts, content, section=name))
            member.parts += 1

    def close(self) -> None:
        """Put all parts in order: before each member its header, behind all the directory."""
        self.keep()
        frame, number, position, directory, end_of_last = [], 0, 0, b"", b""
        for name, member in self.members.items():
            said = facts(name, member)
            where = struct.pack("<4H2L", 0, 0, 0, 0, READABLE, position)
            made_by = struct.pack("<LH", CENTRAL, ON_UNIX | VERSION)
            directory += made_by + said + where + name.encode()
            head = struct.pack("<L", LOCAL) + said + struct.pack("<H", 0) + name.encode()
            frame.append(self.part(number, end_of_last + head))
            parts = self.file.parts.filter(section=name)
            parts.update(section="", number=F("number") + number + 1)
            number += member.parts + 1
            position += len(head) + member.packed + len(LAST_BLOCK)
            end_of_last = LAST_BLOCK
        count = len(self.members)
        end = struct.pack("<L4H2LH", END, 0, 0, count, count, len(directory), position, 0)
        frame.append(self.part(number, end_of_last + directory + end))
        self.file.partner.file_parts.bulk_create(frame)

    def part(self, number: int, content: bytes, *, section: str = "") -> FilePart:
        fields = {"file": self.file, "section": section, "number": number, "content": content}
        return FilePart(partner=self.file.partner, **fields)


def facts(name: str, member: Member) -> bytes:
    """What the header in front of a member and the list at the end say alike."""
    now = timezone.localtime()
    date = (now.year - 1980) << 9 | now.month << 5 | now.day
    time = now.hour << 11 | now.minute << 5 | now.second // 2
    packed = member.packed + len(LAST_BLOCK)
    kind = (VERSION, UTF_8, DEFLATED, time, date)
    return struct.pack("<5H3LH", *kind, member.crc, packed, member.size, len(name.encode()))

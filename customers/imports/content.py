"""A kept file as bytes that can be sliced: of a large one, only the parts in question are read."""

from partners.files import PART
from partners.models import StoredFile

KEPT_PARTS = 2


class Content:
    def __init__(self, file: StoredFile):
        self.file = file
        self.parts: dict[int, bytes] = {}

    def __len__(self) -> int:
        return self.file.size

    def __getitem__(self, wanted: slice) -> bytes:
        start, stop, _step = wanted.indices(len(self))
        first, last = start // PART, max(start, stop - 1) // PART
        if stop <= start:
            return b""
        whole = b"".join(self.part(number) for number in range(first, last + 1))
        return whole[start - first * PART : stop - first * PART]

    def part(self, number: int) -> bytes:
        if number not in self.parts:
            if len(self.parts) >= KEPT_PARTS:
                self.parts.pop(min(self.parts))
            self.parts[number] = bytes(self.file.parts.get(section="", number=number).content)
        return self.parts[number]

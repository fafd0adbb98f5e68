"""Files of a partner, kept in the database so that every host finds them; large ones in parts."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Length

from partners import clock, housekeeping
from partners.models import FilePart, Partner, StoredFile

PART = 1 << 20  # bytes
KEPT_FOR = dt.timedelta(days=1)


@transaction.atomic
def store(
    partner: Partner,
    name: str,
    content_type: str,
    content: bytes,
    *,
    kept_for: dt.timedelta | None = KEPT_FOR,
) -> StoredFile:
    file = begin(partner, name, content_type, kept_for=kept_for)
    for start in range(0, len(content), PART):
        add_part(file, content[start : start + PART])
    return complete(file)


def begin(
    partner: Partner, name: str, content_type: str, *, kept_for: dt.timedelta | None = KEPT_FOR
) -> StoredFile:
    """A file that is written part by part, by a job perhaps; nobody can fetch it before its end.

    Without `kept_for` it stays.
    """
    return partner.files.create(
        name=name,
        content_type=content_type,
        is_complete=False,
        expires_at=clock.now() + kept_for if kept_for else None,
    )


def add_part(file: StoredFile, content: bytes, *, section: str = "") -> FilePart:
    number = file.parts.filter(section=section).count()
    return file.partner.file_parts.create(
        file=file, section=section, number=number, content=content
    )


def complete(file: StoredFile) -> StoredFile:
    file.size = file.parts.aggregate(size=Sum(Length("content")))["size"] or 0
    file.is_complete = True
    file.save(update_fields=["size", "is_complete"])
    return file


def parts(file: StoredFile, section: str = "") -> Iterator[bytes]:
    """The content, part by part: a large file never lies in memory as a whole."""
    found: Any = file.parts.filter(section=section).order_by("number")
    for pk in list(found.values_list("pk", flat=True)):
        yield bytes(found.get(pk=pk).content)


def content(file: StoredFile, section: str = "") -> bytes:
    return b"".join(parts(file, section))


# --- what has had its time -------------------------------------------------------------------


def tidy() -> int:
    """Expired files go, those that never became whole too; how many rows that were."""
    return housekeeping.partner_by_partner(owners_of_expired, delete_some)


def owners_of_expired():
    expired = StoredFile.unscoped_with_bin.filter(expires_at__lte=clock.now())
    return expired.order_by().values_list("partner", flat=True).distinct()


def delete_some(partner: Partner) -> int:
    """Parts first, so that a large file goes in several transactions."""
    expired = partner.files.filter(expires_at__lte=clock.now())
    parts = partner.file_parts.filter(file__in=expired)
    gone = delete(partner.file_parts, parts, housekeeping.AT_ONCE)
    return gone + delete(partner.files, expired, housekeeping.AT_ONCE - gone)


def delete(rows: Any, found: Any, most: int) -> int:
    ids = list(found.order_by().values_list("pk", flat=True)[:most])
    return rows.filter(pk__in=ids).delete()[0] if ids else 0

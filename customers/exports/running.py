"""An export on its way: a file that grows by up to 500 people in each slice of a job.

Who is meant is written down at the start, as ids in a section of the file: what happens to the
list meanwhile changes nothing, and the job itself holds no names and no questions.
"""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.exports import collect, columns, everything, tables, vcard, xlsx
from customers.exports.archive import Archive
from customers.models import Customer
from partners import clock, files, jobs
from partners.models import FilePart, Job, Partner, StoredFile, User

EXPORT = "export"
IDS = "ids"  # the section of the file in which they lie
ID = 16  # bytes
SHOWN = 10


def register_jobs() -> None:
    jobs.register(EXPORT, step, label=gettext_lazy("Your file is being made"))


@transaction.atomic
def start(partner: Partner, actor: User, ids: Iterable[uuid.UUID], wish: dict[str, str]) -> Job:
    """`wish` is a `format` of FORMATS and the `columns` of a table; `result["file"]` is the file."""
    kind = FORMATS[wish["format"]]
    file = files.begin(partner, kind.name(partner), kind.content_type)
    count, slices, told = keep(file, ids)
    key = ":".join([wish["format"], wish["columns"], told])
    cursor = {
        **wish,
        "file": str(file.pk),
        "language": translation.get_language() or "de",
        "slices": slices,
        "next": reverse("export"),  # where the page of the job leads
        "slice": 0,
        "state": {},
    }
    total = max(1, count + kind.further(partner))
    job = jobs.start(partner, actor, EXPORT, total=total, cursor=cursor, key=key)
    if job.cursor["file"] != str(file.pk):  # the same is being made already
        file.delete()
    return job


def keep(file: StoredFile, ids: Iterable[uuid.UUID]) -> tuple[int, int, str]:
    """Write down who is meant; how many, in how many slices, and a digest of it."""
    wanted, count, digest = iter(ids), 0, hashlib.sha256()
    parts: list[FilePart] = []
    while found := list(islice(wanted, collect.BATCH)):
        content = b"".join(pk.bytes for pk in found)
        digest.update(content)
        part = FilePart(partner=file.partner, file=file, section=IDS, number=len(parts))
        part.content = content
        parts.append(part)
        count += len(found)
    file.partner.file_parts.bulk_create(parts)
    return count, len(parts), digest.hexdigest()


def files_of(partner: Partner) -> tuple[list[Job], list[StoredFile]]:
    """Exports under way, and those that wait to be fetched."""
    found = list(partner.jobs.filter(kind=EXPORT).order_by("-created_at")[:SHOWN])
    wanted = [job.result["file"] for job in found if "file" in job.result]
    ready = partner.files.filter(pk__in=wanted, is_complete=True, expires_at__gt=clock.now())
    return [job for job in found if not job.is_over], list(ready)


def step(job: Job) -> jobs.Chunk:
    with translation.override(job.cursor["language"]), timezone.override(job.partner.zone):
        return FORMATS[job.cursor["format"]](job).go_on()


class Export:
    """One slice of a file; a subclass says how people are written."""

    suffix = content_type = ""

    def __init__(self, job: Job):
        self.job, self.partner, self.cursor = job, job.partner, dict(job.cursor)
        self.file: StoredFile = self.partner.files.get(pk=self.cursor["file"])
        self.is_german = self.cursor["language"] == "de"

    @classmethod
    def name(cls, partner: Partner) -> str:
        day = clock.today(partner.zone)
        return f"{_('contacts')}-{day:%Y-%m-%d}.{cls.suffix}"

    @classmethod
    def further(cls, partner: Partner) -> int:
        """Rows beside the people."""
        return 0

    def go_on(self) -> jobs.Chunk:
        number = self.cursor["slice"]
        ids = self.ids(number)
        people = collect.customers(self.partner, ids)
        self.add(people, is_first=number == 0)
        self.cursor["slice"] = number + 1
        is_last = number + 1 >= self.cursor["slices"]
        if is_last:
            self.close()
        return self.chunk(len(ids), is_last=is_last)

    def chunk(self, done: int, *, is_last: bool) -> jobs.Chunk:
        if not is_last:
            return jobs.Chunk(done, self.cursor)
        self.file.parts.filter(section=IDS).delete()
        files.complete(self.file)
        return jobs.Chunk(done, self.cursor, is_last=True, result={"file": str(self.file.pk)})

    def ids(self, number: int) -> list[uuid.UUID]:
        part = self.file.parts.filter(section=IDS, number=number).first()
        content = bytes(part.content) if part else b""
        return [uuid.UUID(bytes=content[at : at + ID]) for at in range(0, len(content), ID)]

    def add(self, people: Sequence[Customer], *, is_first: bool) -> None:
        raise NotImplementedError

    def close(self) -> None:
        """After the last slice."""


class VCard(Export):
    suffix, content_type, version = "vcf", vcard.CONTENT_TYPE, "4.0"

    def add(self, people, *, is_first):
        text = vcard.write(map(collect.card, people), self.version)
        files.add_part(self.file, text.encode())


class OldVCard(VCard):
    version = "3.0"


class Table(Export):
    def columns(self) -> Any:
        kind = self.cursor["columns"]
        return columns.of_job(kind, self.partner, self.cursor, german=self.is_german)


class Csv(Table):
    suffix, content_type = "csv", tables.CONTENT_TYPE

    def add(self, people, *, is_first):
        shown = self.columns()
        rows = [shown.header] if is_first else []
        rows += [shown.row(collect.card(customer)) for customer in people]
        text = tables.write(rows, german=self.is_german)
        files.add_part(self.file, f"{tables.BOM if is_first else ''}{text}".encode())


class Xlsx(Table):
    suffix, content_type = "xlsx", xlsx.CONTENT_TYPE

    def add(self, people, *, is_first):
        shown = self.columns()
        archive = Archive(self.file, self.cursor["state"])
        if is_first:
            for name, content in xlsx.around(_("Contacts")).items():
                archive.add(name, content)
            archive.add(xlsx.SHEET, xlsx.begin(shown.header))
        first = self.cursor["slice"] * collect.BATCH + 2
        cells = [shown.cells(collect.card(customer)) for customer in people]
        archive.add(xlsx.SHEET, xlsx.rows(first, cells))
        self.cursor["state"] = archive.keep()

    def close(self):
        archive = Archive(self.file, self.cursor["state"])
        archive.add(xlsx.SHEET, xlsx.END)
        archive.close()


class Everything(Export):
    """All there is, as one archive: people with their stories, then the history."""

    suffix, content_type = "zip", "application/zip"

    @classmethod
    def name(cls, partner):
        day = clock.today(partner.zone)
        return f"{_('my-circle')}-{day:%Y-%m-%d}.zip"

    @classmethod
    def further(cls, partner):
        return partner.changes.count()

    def go_on(self):
        archive = Archive(self.file, self.cursor["state"])
        bundle = everything.Bundle(self.partner, archive, self.cursor, german=self.is_german)
        if self.cursor["slice"] == 0:
            bundle.begin()
        if self.cursor["slice"] < self.cursor["slices"]:
            ids = self.ids(self.cursor["slice"])
            bundle.add_people(collect.customers(self.partner, ids))
            done, is_last = len(ids), False
        else:
            done, outliving = bundle.add_history(), bundle.add_outliving()
            is_last = max(done, outliving) < everything.AT_ONCE
        self.cursor["slice"] += 1
        if is_last:
            bundle.end()
            archive.close()
        else:
            self.cursor["state"] = archive.keep()
        return self.chunk(done, is_last=is_last)


FORMATS: dict[str, type[Export]] = {
    "csv": Csv,
    "xlsx": Xlsx,
    "vcard": VCard,
    "vcard3": OldVCard,
    "zip": Everything,
}

"""The access package: everything that is noted of one person, for them to keep (Art. 15 DSGVO)."""

from customers.access import as_json, as_pdf
from customers.access.gathering import package

FORMATS = {"json": as_json, "pdf": as_pdf}

__all__ = ["FORMATS", "package"]

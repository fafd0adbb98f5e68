"""The package for programs: everything as it is stored."""

import json

from django.core.serializers.json import DjangoJSONEncoder

from customers.access.gathering import Package

content_type = "application/json"


def write(package: Package) -> bytes:
    said = {
        "made_at": package.made_at,
        "about": dict(package.about),
        **{section.model: section.data for section in package.sections},
        "messages": package.messages,
        "history": package.history,
    }
    return json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()

"""Files to be fetched: one's own, whole, and not for ever."""

import uuid
from http import HTTPStatus
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partners import clock, files
from partners.http import PartnerRequest

IN_MEMORY = 4 << 20  # bytes; more waits on the disk of this host until it is sent


@require_safe
def file_detail(request: PartnerRequest, pk: uuid.UUID):
    """The content, as a download that no browser opens as a page.

    All parts are read while the second wall is open to them; the answer itself leaves later.
    """
    file = get_object_or_404(request.partner.files, pk=pk, is_complete=True)
    if file.expires_at is not None and file.expires_at <= clock.now():
        context = {"nav": "more", "file": file}
        return render(request, "partners/file_expired.html", context, status=HTTPStatus.GONE)
    content: Any = BytesIO() if file.size <= IN_MEMORY else TemporaryFile()  # noqa: SIM115
    for part in files.parts(file):
        content.write(part)
    size = content.tell()
    content.seek(0)
    headers = {
        "Content-Length": str(size),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return FileResponse(
        content,
        as_attachment=True,
        filename=file.name,
        content_type=file.content_type,
        headers=headers,
    )

"""Long work as its owner sees it: how far it came, and a way to stop it."""

import dataclasses
import uuid
from typing import Any

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from partners import jobs
from partners.http import PartnerRequest, safe_next


@dataclasses.dataclass(frozen=True)
class Progress:
    """What `components/job_progress.html` shows of a job."""

    job: Any

    @property
    def label(self) -> str:
        kind = jobs.kinds.get(self.job.kind)
        return str(kind.label) if kind and kind.label else _("Long work")

    @property
    def percent(self) -> int:
        if self.job.state == jobs.State.DONE:
            return 100
        return min(99, 100 * self.job.done // max(self.job.total, 1))

    @property
    def next(self) -> str:
        """Where to go on: what the job found, or what it was started with."""
        return self.job.result.get("next") or self.job.cursor.get("next") or reverse("today")

    @property
    def is_stopping(self) -> bool:
        return self.job.cancel_requested_at is not None and not self.job.is_over

    @property
    def can_be_stopped(self) -> bool:
        kind = jobs.kinds.get(self.job.kind)
        is_open = not self.job.is_over and self.job.cancel_requested_at is None
        return is_open and kind is not None and kind.can_be_cancelled


@require_safe
def job_detail(request: PartnerRequest, pk: uuid.UUID):
    job = get_object_or_404(request.partner.jobs, pk=pk)
    context = {
        "nav": "customers",
        "progress": Progress(job),
        "back": safe_next(request, request.path),
    }
    if not (request.htmx and request.htmx.target == "job-progress"):
        return render(request, "partners/job.html", context)
    if job.is_over:  # the page around it has something new to say
        return HttpResponseClientRefresh()
    return render(request, "components/job_progress.html", context)


@require_POST
def job_cancel(request: PartnerRequest, pk: uuid.UUID):
    """Stop after the present chunk; twice is harmless."""
    job = get_object_or_404(request.partner.jobs, pk=pk)
    jobs.cancel(request.partner, job.pk)
    return redirect(safe_next(request, reverse("job-detail", args=[job.pk])))

"""What messages and jobs have in common: one worker at a time works on a row."""

from django.db import models


class Leased(models.Model):
    """A row that is claimed for a while; whoever holds its token may write its outcome.

    Leases and pauses follow the clock of the database, never that of a worker.
    """

    next_attempt_at = models.DateTimeField(null=True)  # not before; empty: at once
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    crashes = models.PositiveSmallIntegerField(default=0)  # workers that never came back

    class Meta:
        abstract = True

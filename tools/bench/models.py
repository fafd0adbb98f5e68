from typing import ClassVar

from django.db import models


class Row(models.Model):
    """A copy of the customers outside of all walls, made by the bench itself."""

    id = models.UUIDField(primary_key=True)
    partner_id = models.BigIntegerField()
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    sort_name = models.CharField(max_length=130)

    objects: ClassVar = models.Manager()

    class Meta:
        managed = False
        db_table = "bench_floor"
        ordering = ["sort_name", "id"]

    def __str__(self):
        return self.sort_name

"""Indexes that the two databases spell differently."""

from django.db import models
from django.db.models.expressions import OrderBy


class NullsFirstIndex(models.Index):
    """For lists that begin with what is unknown; SQLite does so by itself and has no word for it."""

    def create_sql(self, model, schema_editor, using="", **kwargs):
        if schema_editor.connection.vendor != "sqlite":
            return super().create_sql(model, schema_editor, using=using, **kwargs)
        plain = [
            part.expression if isinstance(part, OrderBy) else part for part in self.expressions
        ]
        index = models.Index(*plain, name=self.name, condition=self.condition)
        return index.create_sql(model, schema_editor, using=using, **kwargs)

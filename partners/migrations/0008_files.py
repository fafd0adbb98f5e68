import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
from django.db import migrations, models

import partners.models.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0007_needs_somebody"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partners.models.identifiers.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("deleted_at", models.DateTimeField(editable=False, null=True)),
                ("name", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("is_complete", models.BooleanField(default=True)),
                ("expires_at", models.DateTimeField()),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="FilePart",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partners.models.identifiers.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("deleted_at", models.DateTimeField(editable=False, null=True)),
                ("section", models.CharField(blank=True, max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="file_parts",
                        to="partners.partner",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="partners.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["section", "number"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(fields=["partner", "-id"], name="file_latest"),
        ),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(fields=["expires_at"], name="file_expiry"),
        ),
        migrations.AddIndex(
            model_name="filepart",
            index=models.Index(fields=["file"], name="file_part_of_file"),
        ),
        migrations.AddConstraint(
            model_name="filepart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deleted_at", None)),
                fields=("partner", "file", "section", "number"),
                name="a_part_of_a_file_comes_once",
            ),
        ),
    ]

import django.core.validators
import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
from django.db import migrations, models

import partners.models.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0005_timed_index"),
        ("partners", "0008_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkAct",
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
                ("kind", models.CharField(max_length=20)),
                ("params", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("done", "done"),
                            ("cancelled", "cancelled"),
                            ("undoing", "being taken back"),
                            ("undone", "taken back"),
                        ],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("acts", models.JSONField(default=list)),
                ("kept", models.PositiveIntegerField(default=0)),
                ("job_id", models.UUIDField(null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Import",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("csv", "CSV"),
                            ("xlsx", "Excel"),
                            ("vcard", "vCard"),
                            ("picked", "phone"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("mapping", "columns to be checked"),
                            ("reading", "being read"),
                            ("ready", "to be looked through"),
                            ("running", "being taken over"),
                            ("done", "done"),
                            ("cancelled", "cancelled"),
                            ("undoing", "being taken back"),
                            ("undone", "taken back"),
                            ("failed", "not readable"),
                        ],
                        default="mapping",
                        max_length=10,
                    ),
                ),
                ("settings", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("job_id", models.UUIDField(null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ImportPage",
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
                ("number", models.PositiveIntegerField()),
                ("rows", models.JSONField(default=list)),
                ("act_id", models.UUIDField(null=True)),
                ("is_done", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["number"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Interest",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("likes", "is interested in"),
                            ("owns", "has already"),
                            ("avoids", "does not like"),
                        ],
                        default="likes",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("what", models.CharField(max_length=120, verbose_name="What?")),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
            ],
            options={
                "ordering": ["pk"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="LifeEvent",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("move", "moved house"),
                            ("birth", "had a child"),
                            ("job", "new job"),
                            ("wedding", "married"),
                            ("retirement", "retired"),
                            ("other", "something else"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("happened_on", models.DateField(blank=True, null=True, verbose_name="day")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="text")),
            ],
            options={
                "ordering": ["-happened_on", "-pk"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="NotDuplicate",
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
            ],
            options={
                "ordering": ["pk"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="OwnField",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("folded", models.CharField(editable=False, max_length=90)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "text"),
                            ("number", "number"),
                            ("date", "date"),
                            ("choice", "choice"),
                            ("yes-no", "yes or no"),
                        ],
                        default="text",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=list, verbose_name="choices")),
                (
                    "purpose",
                    models.CharField(max_length=200, verbose_name="What do you need it for?"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "pk"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="OwnValue",
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
                ("text", models.CharField(max_length=500)),
                ("number", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("date", models.DateField(null=True)),
            ],
            options={
                "ordering": ["field__position", "pk"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Relation",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("household", "lives with"),
                            ("spouse", "husband, wife or partner"),
                            ("parent", "mother or father"),
                            ("child", "daughter or son"),
                            ("sibling", "sister or brother"),
                            ("grandparent", "grandmother or grandfather"),
                            ("grandchild", "grandchild"),
                            ("relative", "relative"),
                            ("friend", "friend"),
                            ("neighbour", "neighbour"),
                            ("colleague", "colleague"),
                            ("boss", "boss"),
                            ("employee", "employee"),
                            ("other", "acquaintance"),
                        ],
                        max_length=20,
                        verbose_name="relation",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="SavedFilter",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.CharField(max_length=2000)),
            ],
            options={
                "ordering": ["name", "pk"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Tag",
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
                ("name", models.CharField(max_length=40, verbose_name="tag")),
                ("folded", models.CharField(editable=False, max_length=60)),
            ],
            options={
                "ordering": ["folded", "pk"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Tagging",
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
            ],
            options={
                "ordering": ["pk"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name="address",
            name="country",
            field=models.CharField(blank=True, max_length=60, verbose_name="country"),
        ),
        migrations.AddField(
            model_name="address",
            name="extra",
            field=models.CharField(blank=True, max_length=120, verbose_name="address line"),
        ),
        migrations.AddField(
            model_name="address",
            name="label",
            field=models.CharField(blank=True, max_length=60, verbose_name="name of this entry"),
        ),
        migrations.AddField(
            model_name="address",
            name="region",
            field=models.CharField(blank=True, max_length=80, verbose_name="region"),
        ),
        migrations.AddField(
            model_name="customer",
            name="best_time",
            field=models.CharField(blank=True, max_length=120, verbose_name="best time"),
        ),
        migrations.AddField(
            model_name="customer",
            name="city",
            field=models.CharField(default="", editable=False, max_length=80),
        ),
        migrations.AddField(
            model_name="customer",
            name="company",
            field=models.CharField(blank=True, max_length=120, verbose_name="company"),
        ),
        migrations.AddField(
            model_name="customer",
            name="is_business",
            field=models.BooleanField(default=False, verbose_name="a business"),
        ),
        migrations.AddField(
            model_name="customer",
            name="job_title",
            field=models.CharField(blank=True, max_length=120, verbose_name="occupation"),
        ),
        migrations.AddField(
            model_name="customer",
            name="last_contact_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="customer",
            name="merged_into",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="merged_from",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="customer",
            name="next_due_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="customer",
            name="nickname",
            field=models.CharField(blank=True, max_length=60, verbose_name="nickname"),
        ),
        migrations.AddField(
            model_name="customer",
            name="postcode",
            field=models.CharField(default="", editable=False, max_length=10),
        ),
        migrations.AddField(
            model_name="customer",
            name="preferred_channel",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "no preference"),
                    ("phone", "by phone"),
                    ("whatsapp", "WhatsApp"),
                    ("sms", "SMS"),
                    ("email", "by e-mail"),
                    ("letter", "by letter or card"),
                    ("visit", "in person"),
                ],
                default="",
                max_length=10,
                verbose_name="preferred channel",
            ),
        ),
        migrations.AddField(
            model_name="customer",
            name="satisfaction",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(5),
                ],
                verbose_name="satisfaction",
            ),
        ),
        migrations.AddField(
            model_name="customer",
            name="sounds",
            field=models.CharField(default="", editable=False, max_length=120),
        ),
        migrations.AddField(
            model_name="customer",
            name="source_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "not said"),
                    ("name-list", "my name list"),
                    ("recommendation", "recommendation"),
                    ("event", "presentation or club evening"),
                    ("fair", "fair or market"),
                    ("online", "online"),
                    ("walk-in", "came by themselves"),
                    ("company", "from the company"),
                    ("other", "somewhere else"),
                ],
                default="",
                max_length=20,
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="customer",
            name="title",
            field=models.CharField(blank=True, max_length=40, verbose_name="title"),
        ),
        migrations.AddField(
            model_name="customer",
            name="uid",
            field=models.CharField(blank=True, editable=False, max_length=255),
        ),
        migrations.AddField(
            model_name="customer",
            name="website",
            field=models.CharField(blank=True, max_length=200, verbose_name="website"),
        ),
        migrations.AddField(
            model_name="email",
            name="label",
            field=models.CharField(blank=True, max_length=60, verbose_name="name of this entry"),
        ),
        migrations.AddField(
            model_name="phone",
            name="label",
            field=models.CharField(blank=True, max_length=60, verbose_name="name of this entry"),
        ),
        migrations.AlterField(
            model_name="customer",
            name="first_name",
            field=models.CharField(max_length=100, verbose_name="first name"),
        ),
        migrations.AlterField(
            model_name="customer",
            name="last_name",
            field=models.CharField(blank=True, max_length=100, verbose_name="last name"),
        ),
        migrations.AlterField(
            model_name="customer",
            name="sort_name",
            field=models.CharField(editable=False, max_length=250),
        ),
        migrations.AddField(
            model_name="bulkact",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="file",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="imports",
                to="partners.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="importpage",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="import_pages",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="importpage",
            name="run",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pages",
                to="customers.import",
            ),
        ),
        migrations.AddField(
            model_name="interest",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="interests",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="interest",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="lifeevent",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="life_events",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="lifeevent",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="notduplicate",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="notduplicate",
            name="other",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="notduplicate",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="ownfield",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="ownvalue",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="own_values",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="ownvalue",
            name="field",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="values",
                to="customers.ownfield",
            ),
        ),
        migrations.AddField(
            model_name="ownvalue",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="own_values",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="relation",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="relations",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="relation",
            name="other",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="relations_back",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="relation",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="savedfilter",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="tag",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="tagging",
            name="customer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="taggings",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="tagging",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="tagging",
            name="tag",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="taggings",
                to="customers.tag",
            ),
        ),
        migrations.AddIndex(
            model_name="bulkact",
            index=models.Index(fields=["partner", "-id"], name="bulk_act_latest"),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["partner", "-id"], name="import_latest"),
        ),
        migrations.AddIndex(
            model_name="importpage",
            index=models.Index(fields=["run", "number"], name="import_page_of_run"),
        ),
        migrations.AddConstraint(
            model_name="importpage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deleted_at", None)),
                fields=("partner", "run", "number"),
                name="a_page_comes_once",
            ),
        ),
        migrations.AddIndex(
            model_name="interest",
            index=models.Index(fields=["customer"], name="interest_of_customer"),
        ),
        migrations.AddIndex(
            model_name="lifeevent",
            index=models.Index(fields=["customer"], name="life_event_of_customer"),
        ),
        migrations.AddIndex(
            model_name="notduplicate",
            index=models.Index(fields=["customer"], name="not_duplicate_customer"),
        ),
        migrations.AddIndex(
            model_name="notduplicate",
            index=models.Index(fields=["other"], name="not_duplicate_other"),
        ),
        migrations.AddConstraint(
            model_name="notduplicate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deleted_at", None)),
                fields=("partner", "customer", "other"),
                name="two_people_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownfield",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deleted_at", None)),
                fields=("partner", "folded"),
                name="an_own_field_exists_once",
            ),
        ),
        migrations.AddIndex(
            model_name="ownvalue",
            index=models.Index(fields=["customer"], name="own_value_of_customer"),
        ),
        migrations.AddIndex(
            model_name="ownvalue",
            index=models.Index(fields=["field", "customer"], name="own_value_of_field"),
        ),
        migrations.AddConstraint(
            model_name="ownvalue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deleted_at", None)),
                fields=("partner", "customer", "field"),
                name="an_own_field_says_one_thing",
            ),
        ),
        migrations.AddIndex(
            model_name="relation",
            index=models.Index(fields=["customer"], name="relation_of_customer"),
        ),
        migrations.AddIndex(
            model_name="relation",
            index=models.Index(fields=["other"], name="relation_of_other"),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deleted_at", None)),
                fields=("partner", "customer", "other", "kind"),
                name="a_relation_is_noted_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("customer", models.F("other")), _negated=True),
                name="nobody_is_related_to_oneself",
            ),
        ),
        migrations.AddIndex(
            model_name="savedfilter",
            index=models.Index(fields=["partner"], name="saved_filter_of_partner"),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deleted_at", None)),
                fields=("partner", "folded"),
                name="a_tag_exists_once",
            ),
        ),
        migrations.AddIndex(
            model_name="tagging",
            index=models.Index(fields=["customer"], name="tagging_of_customer"),
        ),
        migrations.AddIndex(
            model_name="tagging",
            index=models.Index(fields=["tag", "customer"], name="tagging_of_tag"),
        ),
        migrations.AddConstraint(
            model_name="tagging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deleted_at", None)),
                fields=("partner", "customer", "tag"),
                name="a_person_has_a_tag_once",
            ),
        ),
    ]

import datetime

import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
from django.db import migrations, models

import partners.models.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0009_walls_of_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Profile",
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
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                (
                    "business",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="name of your business"
                    ),
                ),
                (
                    "sentence",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="a sentence about you"
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="phone number")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "street",
                    models.CharField(blank=True, max_length=120, verbose_name="street and number"),
                ),
                ("postcode", models.CharField(blank=True, max_length=10, verbose_name="postcode")),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="place")),
                ("country", models.CharField(blank=True, max_length=60, verbose_name="country")),
                ("vat_id", models.CharField(blank=True, max_length=20, verbose_name="VAT number")),
                ("website", models.CharField(blank=True, max_length=200, verbose_name="website")),
                (
                    "signature",
                    models.TextField(blank=True, max_length=300, verbose_name="signature"),
                ),
                (
                    "quiet_from",
                    models.TimeField(default=datetime.time(20, 0), verbose_name="no mail from"),
                ),
                (
                    "quiet_until",
                    models.TimeField(default=datetime.time(8, 0), verbose_name="until"),
                ),
                (
                    "mail_gap",
                    models.PositiveSmallIntegerField(
                        default=14, verbose_name="days between two mails"
                    ),
                ),
                (
                    "notice_extra",
                    models.TextField(blank=True, max_length=2000, verbose_name="your own addition"),
                ),
            ],
            options={
                "verbose_name": "profile",
                "ordering": ["pk"],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "no particular reason"),
                    ("too-late", "could not leave in time"),
                    ("gone", "its reason is gone"),
                    ("unwanted", "no longer wanted"),
                    ("nobody", "nobody to write to"),
                    ("paused", "the partner is paused"),
                    ("nothing-due", "nothing was due"),
                    ("put-off", "put off by the mail server"),
                    ("refused", "refused by the mail server"),
                    ("gave-up", "given up after several tries"),
                    ("fault", "a fault of ours"),
                    ("no-answer", "contact broke before the answer"),
                    ("worker-died", "the worker never came back"),
                    ("restored", "may have been sent before the restore"),
                    ("not-allowed", "the person has not allowed it"),
                    ("quiet", "waits for a decent hour"),
                    ("too-often", "waits, since another mail went out lately"),
                    ("no-imprint", "waits for your address"),
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="recipient_type",
            field=models.CharField(
                choices=[
                    ("user", "user"),
                    ("address", "address of a user"),
                    ("person", "person in a partner's circle"),
                ],
                default="user",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="storedfile",
            name="expires_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="profile",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="profiles",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="profile",
            name="picture",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="partners.storedfile",
            ),
        ),
        migrations.AddConstraint(
            model_name="profile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deleted_at", None)),
                fields=("partner",),
                name="one_profile_for_each",
            ),
        ),
    ]

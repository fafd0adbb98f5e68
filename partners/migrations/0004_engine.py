import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import partners.models.identifiers
from partners.migration_helpers import Allow, Police
from partners.walls import PARTNER, PLANNER


def give_turns(apps, schema_editor):
    """What waits already keeps its place: it comes in the order in which it is due."""
    messages = apps.get_model("partners", "OutboxMessage").objects.filter(state="pending")
    messages.update(turn_at=models.F("due_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0003_user_invited_at"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("next_attempt_at", models.DateTimeField(null=True)),
                ("lease_token", models.UUIDField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("crashes", models.PositiveSmallIntegerField(default=0)),
                (
                    "id",
                    models.UUIDField(
                        default=partners.models.identifiers.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("actor_id", models.BigIntegerField(null=True)),
                ("kind", models.CharField(max_length=40)),
                ("dedupe_key", models.CharField(blank=True, max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("cursor", models.JSONField(default=dict)),
                ("result", models.JSONField(default=dict)),
                ("error", models.CharField(blank=True, max_length=200)),
                ("cancel_requested_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("turn_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MailGate",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_until", models.DateTimeField(null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unreachable", "the mail server cannot be reached"),
                            ("password", "the mail server refuses our password"),
                            ("turned-away", "the mail server turns us away"),
                            ("sender", "the mail server takes no mail from us"),
                            ("refusals", "the mail server refuses one mail after the other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.PositiveSmallIntegerField(null=True)),
                ("said", models.CharField(blank=True, max_length=200)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("refusals", models.PositiveSmallIntegerField(default=0)),
                ("backup_at", models.DateTimeField(null=True)),
                ("held_until", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="OutboxAttempt",
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
                ("lease_token", models.UUIDField()),
                ("handoff_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("sent", "sent"),
                            ("put-off", "put off"),
                            ("refused", "refused"),
                            ("broken-off", "broken off before the hand-over"),
                            ("no-answer", "no answer after the hand-over"),
                            ("fault", "a fault of ours"),
                            ("worker-died", "the worker never came back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.PositiveSmallIntegerField(null=True)),
                ("reply", models.CharField(blank=True, max_length=200)),
                ("worker", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "ordering": ["-finished_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="crashes",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="dismissed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
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
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="turn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="partner",
            name="absent_from",
            field=models.DateField(blank=True, null=True, verbose_name="away from"),
        ),
        migrations.AddField(
            model_name="partner",
            name="absent_until",
            field=models.DateField(blank=True, null=True, verbose_name="until"),
        ),
        migrations.AddField(
            model_name="partner",
            name="reminder_lead",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "at the time itself"),
                    (5, "5 minutes before"),
                    (15, "15 minutes before"),
                    (30, "30 minutes before"),
                    (60, "1 hour before"),
                    (120, "2 hours before"),
                    (1440, "1 day before"),
                ],
                default=15,
                verbose_name="how long before",
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="reminders_on",
            field=models.BooleanField(default=True, verbose_name="single reminders"),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("absent_from", None), ("absent_until", None)),
                    models.Q(
                        ("absent_from__isnull", False),
                        ("absent_from__lte", models.F("absent_until")),
                        ("absent_until__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="an_absence_has_a_beginning_and_an_end",
            ),
        ),
        migrations.AddField(
            model_name="job",
            name="partner",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="jobs",
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="outboxattempt",
            name="message",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tries",
                to="partners.outboxmessage",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                models.F("turn_at"), condition=models.Q(("state", "waiting")), name="jobs_queue"
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("state", "running")), fields=["lease_until"], name="jobs_leased"
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["partner", "-created_at"], name="jobs_of_partner"),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lease_token__isnull", False), ("state", "running")),
                    models.Q(models.Q(("state", "running"), _negated=True), ("lease_token", None)),
                    _connector="OR",
                ),
                name="a_lease_means_running",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "running"]),
                    models.Q(("dedupe_key", ""), _negated=True),
                ),
                fields=("partner", "kind", "dedupe_key"),
                name="a_job_is_asked_for_once",
            ),
        ),
        migrations.AddIndex(
            model_name="outboxattempt",
            index=models.Index(fields=["-finished_at"], name="attempts_latest"),
        ),
        migrations.AddConstraint(
            model_name="outboxattempt",
            constraint=models.UniqueConstraint(
                fields=("message", "lease_token"), name="one_attempt_for_each_lease"
            ),
        ),
        migrations.RunPython(give_turns, migrations.RunPython.noop),
        Allow("Job", PARTNER, "SELECT, INSERT, UPDATE"),
        Police("Job", own="partner_id"),
        Allow("MailGate", PARTNER, "SELECT", ["id", "closed_at"]),
        Allow(
            "Partner",
            PLANNER,
            "SELECT",
            ["reminders_on", "reminder_lead", "absent_from", "absent_until"],
        ),
    ]

import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
from django.db import migrations, models

import partners.clock
import partners.models.identifiers


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0009_fill_what_follows"),
        ("partners", "0010_profile"),
    ]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="declined",
            field=models.CharField(default="", editable=False, max_length=60),
        ),
        migrations.AddField(
            model_name="customer",
            name="informed_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "not said"),
                    ("link", "by a link"),
                    ("printed", "on paper"),
                    ("spoken", "told in person"),
                    ("mail", "in a mail"),
                    ("known", "knows already"),
                ],
                default="",
                max_length=10,
                verbose_name="how",
            ),
        ),
        migrations.AddField(
            model_name="customer",
            name="informed_on",
            field=models.DateField(blank=True, null=True, verbose_name="told on"),
        ),
        migrations.AddField(
            model_name="customer",
            name="kept_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="customer",
            name="link_version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="customer",
            name="notice_version",
            field=models.CharField(blank=True, default="", editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name="customer",
            name="restricted_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="DataSubjectRequest",
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
                            ("access", "wants to see their data"),
                            ("correction", "wants something corrected"),
                            ("restriction", "wants their data locked for now"),
                            ("erasure", "wants to be erased"),
                        ],
                        max_length=12,
                        verbose_name="What?",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="When?")),
                ("due_on", models.DateField(editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("done", "done"), ("withdrawn", "taken back")],
                        default="open",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("done_on", models.DateField(editable=False, null=True)),
                (
                    "identity",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="How do you know it is them?"
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="note")),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="subject_requests",
                        to="customers.customer",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subject_requests",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(fields=["customer"], name="request_of_customer"),
                    models.Index(
                        condition=models.Q(("deleted_at", None), ("state", "open")),
                        fields=["partner", "due_on"],
                        name="request_open",
                    ),
                ],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Permission",
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
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "phone"),
                            ("email", "e-mail"),
                            ("sms", "SMS"),
                            ("messenger", "messenger"),
                            ("letter", "letter"),
                            ("visit", "visit"),
                        ],
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("advertising", "news and offers"),
                            ("appointment", "reminders of an appointment"),
                            ("anything", "anything at all"),
                        ],
                        default="advertising",
                        max_length=12,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "says",
                    models.CharField(
                        choices=[("yes", "yes"), ("no", "no"), ("asked", "asked")], max_length=6
                    ),
                ),
                ("said_at", models.DateTimeField(default=partners.clock.now, verbose_name="when")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("spoken", "said in person"),
                            ("phone", "said on the phone"),
                            ("paper", "signed on paper"),
                            ("message", "written in a message"),
                            ("opt-in", "confirmed by a link in a mail"),
                            ("page", "on their own page"),
                            ("unsubscribed", "unsubscribed from a mail"),
                            ("merged", "the stricter of two entries"),
                            ("known", "said before, to an earlier entry"),
                        ],
                        max_length=12,
                        verbose_name="how",
                    ),
                ),
                ("point", models.CharField(blank=True, max_length=254)),
                ("text", models.TextField(blank=True)),
                ("text_version", models.CharField(blank=True, max_length=40)),
                ("person", models.CharField(blank=True, max_length=500)),
                ("sender", models.CharField(blank=True, max_length=500)),
                ("recorded_by", models.BigIntegerField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("last_used_at", models.DateTimeField(null=True)),
                ("kept_until", models.DateField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="permissions",
                        to="customers.customer",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "permission",
                "verbose_name_plural": "permissions",
                "ordering": ["said_at", "pk"],
                "indexes": [
                    models.Index(fields=["customer"], name="permission_of_customer"),
                    models.Index(
                        condition=models.Q(("kept_until__isnull", False)),
                        fields=["kept_until"],
                        name="permission_kept",
                    ),
                ],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="PersonalMail",
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
                ("subject", models.CharField(max_length=150, verbose_name="subject")),
                ("text", models.TextField(max_length=5000, verbose_name="text")),
                ("wanted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="personal_mails",
                        to="customers.customer",
                    ),
                ),
                (
                    "email",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="customers.email",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["customer"], name="personal_mail_of_customer"),
                    models.Index(fields=["email"], name="personal_mail_to"),
                ],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Recommendation",
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
                    "recipient_name",
                    models.CharField(blank=True, max_length=120, verbose_name="To whom?"),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("me", "me"),
                            ("product", "a product"),
                            ("business", "a business nearby"),
                        ],
                        default="me",
                        max_length=10,
                        verbose_name="What?",
                    ),
                ),
                (
                    "what",
                    models.CharField(blank=True, max_length=120, verbose_name="product or service"),
                ),
                ("why", models.CharField(blank=True, max_length=500, verbose_name="Why?")),
                (
                    "motive",
                    models.CharField(
                        choices=[("friendly", "from conviction"), ("rewarded", "for a reward")],
                        default="friendly",
                        max_length=10,
                        verbose_name="motive",
                    ),
                ),
                ("recommended_on", models.DateField(verbose_name="When?")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="Where?")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("promised", "promised"),
                            ("passed-on", "passed on"),
                            ("in-touch", "got in touch"),
                            ("customer", "became a customer"),
                            ("no", "came to nothing"),
                        ],
                        default="passed-on",
                        max_length=10,
                        verbose_name="What came of it?",
                    ),
                ),
                ("status_on", models.DateField(editable=False, null=True)),
                (
                    "thanks",
                    models.CharField(
                        choices=[("due", "due"), ("given", "given"), ("none", "not needed")],
                        default="due",
                        editable=False,
                        max_length=6,
                        verbose_name="thanks",
                    ),
                ),
                ("thanked_on", models.DateField(editable=False, null=True)),
                ("was_reminded", models.BooleanField(default=False, editable=False)),
                (
                    "business",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="partners.partner",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommended_by",
                        to="customers.customer",
                    ),
                ),
                (
                    "recommender",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "verbose_name": "recommendation",
                "verbose_name_plural": "recommendations",
                "ordering": ["-recommended_on", "-pk"],
                "indexes": [
                    models.Index(fields=["recommender"], name="recommendation_by"),
                    models.Index(fields=["recipient"], name="recommendation_to"),
                    models.Index(fields=["business"], name="recommendation_of"),
                    models.Index(
                        fields=["partner", "-recommended_on", "-id"], name="recommendation_latest"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recipient__isnull", False),
                            models.Q(("recipient_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_recommendation_goes_to_somebody",
                    )
                ],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Reference",
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
                ("text", models.TextField(max_length=2000, verbose_name="In her words")),
                ("about", models.CharField(blank=True, max_length=120, verbose_name="About what?")),
                ("said_on", models.DateField(verbose_name="When?")),
                (
                    "quoting",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not asked yet"),
                            ("no", "please do not quote"),
                            ("nameless", "without a name"),
                            ("first-name", "with the first name"),
                            ("full-name", "with the full name"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="May she be quoted?",
                    ),
                ),
                ("where", models.CharField(blank=True, max_length=120, verbose_name="Where?")),
                ("allowed_on", models.DateField(editable=False, null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="references",
                        to="customers.customer",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "reference",
                "ordering": ["-said_on", "-pk"],
                "indexes": [models.Index(fields=["customer"], name="reference_of_customer")],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="SuppressionEntry",
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
                            ("email", "e-mail"),
                            ("phone", "phone"),
                            ("person", "name and place"),
                        ],
                        max_length=10,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "why",
                    models.CharField(
                        choices=[("objected", "objected"), ("erased", "erased")], max_length=10
                    ),
                ),
                ("channel", models.CharField(blank=True, max_length=10)),
                ("purpose", models.CharField(blank=True, max_length=12)),
                ("said_at", models.DateTimeField(default=partners.clock.now)),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["partner", "digest"], name="suppression_by_digest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at", None)),
                        fields=("partner", "kind", "why", "channel", "purpose", "digest"),
                        name="a_no_is_kept_once",
                    )
                ],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="TalkNote",
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
                            ("opening", "To begin with"),
                            ("question", "Good questions"),
                            ("worry", "Worries, and my answers"),
                            ("asking", "Asking for a recommendation"),
                            ("other", "Something else"),
                        ],
                        default="worry",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="heading")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="text")),
                ("position", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "partner",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "position", "pk"],
                "indexes": [models.Index(fields=["partner"], name="talk_note_of_partner")],
            },
            managers=[
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
    ]

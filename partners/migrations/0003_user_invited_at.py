from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_second_wall")]

    operations = [
        migrations.AddField("user", "invited_at", models.DateTimeField(null=True, editable=False)),
    ]

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"

    def ready(self):
        # Models are there only now.
        from partners import account_mail, checks, files, housekeeping  # noqa: PLC0415
        from partners.outbox import tidying  # noqa: PLC0415

        account_mail.register()
        checks.register()
        housekeeping.register("files", files.tidy)
        housekeeping.register("outbox", tidying.tidy)

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"

    def ready(self):
        from partners import account_mail, checks  # noqa: PLC0415 - models are loaded only now

        account_mail.register()
        checks.register()

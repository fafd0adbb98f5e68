from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "mlmcrm"
    verbose_name = "mlmcrm"

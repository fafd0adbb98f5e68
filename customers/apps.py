from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self):
        # Models are there only now.
        from customers import actions, office_counts, reminders  # noqa: PLC0415

        office_counts.declare()
        reminders.register_kinds()
        actions.follow_stories()
        actions.register_jobs()

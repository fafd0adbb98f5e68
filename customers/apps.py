from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self):
        # Models are there only now.
        from customers import actions, office_counts, reminders, said_above  # noqa: PLC0415
        from customers.actions import binning, declining, importing, proofs, recommending  # noqa: PLC0415
        from customers.exports import running  # noqa: PLC0415
        from customers.models import Permission  # noqa: PLC0415

        said_above.register(Permission)
        office_counts.declare()
        reminders.register_kinds()
        actions.follow_stories()
        actions.register_jobs()
        binning.register_tidying()
        proofs.register_tidying()
        actions.register_bulk_jobs()
        actions.follow_tags()
        recommending.follow_customers()
        declining.follow_permissions()
        importing.register_jobs()
        running.register_jobs()

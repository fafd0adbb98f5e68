from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        from customers import found_above, told_above  # noqa: PLC0415
        from events import (  # noqa: PLC0415
            access,
            exports,
            history,
            person_club,
            person_evenings,
            plan_list,
            reminders,
        )
        from events.actions import guesting  # noqa: PLC0415 - models are ready only now

        found_above.register(plan_list.TITLE, plan_list.find)
        access.declare()
        exports.declare()
        history.declare()
        guesting.register_guests()
        told_above.register(person_evenings.TEMPLATE, person_evenings.tell)
        told_above.register(person_club.TEMPLATE, person_club.tell)
        reminders.register_kinds()

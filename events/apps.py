from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"

    def ready(self) -> None:
        from customers import (  # noqa: PLC0415
            filters_above,
            found_above,
            kept_above,
            said_above,
            told_above,
        )
        from events import (  # noqa: PLC0415
            access,
            exports,
            guest_filters,
            history,
            person_club,
            person_evenings,
            plan_list,
            reminders,
        )
        from events.actions import guesting, seating  # noqa: PLC0415 - models are ready only now
        from events.models import EventGuest, Feedback  # noqa: PLC0415

        found_above.register(plan_list.TITLE, plan_list.find)
        filters_above.register(guest_filters.of_circle)
        access.declare()
        exports.declare()
        history.declare()
        guesting.register_guests()
        kept_above.register(seating.keep)
        said_above.register(EventGuest, Feedback)
        told_above.register(person_evenings.TEMPLATE, person_evenings.tell)
        told_above.register(person_club.TEMPLATE, person_club.tell)
        reminders.register_kinds()

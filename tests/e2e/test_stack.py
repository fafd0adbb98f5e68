"""The product starts, serves and ends, in both of its forms."""

import datetime as dt


def test_production_form_starts_and_ends(stack, mail, redis):
    stack.start(at=dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC))
    stack.stop()

    assert stack.left_running() == []


def test_embedded_form_starts_again_where_it_ended(embedded_stack):
    embedded_stack.start()
    embedded_stack.stop()
    embedded_stack.start()

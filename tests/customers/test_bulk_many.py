"""Changes of more people than one request can do, and of any: undone, all is as it was."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers import actions
from customers.models import BulkAct
from partners import jobs
from partners.models import Job
from tests.customers.many import FOLLOW_UP, everything, undo_url, url, who
from tests.customers.pages import full_customer
from tests.factories import CustomerFactory, FollowUpFactory, TagFactory, TaggingFactory

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def few_at_once(monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 4)


def work() -> None:
    while jobs.work():
        pass


@pytest.mark.usefixtures("few_at_once")
@pytest.mark.parametrize("kind", ["tag", "delete", "follow-up"])
@pytest.mark.django_db(transaction=True)
def test_many_are_done_by_a_worker_and_taken_back_by_one(as_anna, anna, kind):
    CustomerFactory.create_batch(10, partner=anna)
    before = everything(anna)
    typed = {"tag": {"name": "Tee"}, "delete": {}, "follow-up": FOLLOW_UP}[kind]

    response = as_anna.post(url(kind), {"query": "", **typed})

    job = Job.objects.get()
    assert response.url == reverse("job-detail", args=[job.pk])
    assert as_anna.get(response.url).status_code == HTTPStatus.OK
    joined = CustomerFactory(partner=anna)  # joins the circle later, and is not meant
    after = before | {key: row for key, row in everything(anna).items() if joined.pk in key}
    work()
    bulk = anna.bulkacts.get()
    assert (bulk.state, bulk.done, bulk.total) == ("done", 10, 10)
    assert len(bulk.acts) == 3 + (kind == "tag")
    assert anna.customers.filter(pk=joined.pk, version=1).exists()
    assert anna.bulkacts.get().state == BulkAct.State.DONE

    as_anna.post(undo_url(bulk))
    work()
    assert anna.bulkacts.get().state == BulkAct.State.UNDONE
    assert everything(anna) == after


@pytest.mark.usefixtures("few_at_once")
@pytest.mark.django_db(transaction=True)
def test_a_stopped_act_can_be_taken_back(as_anna, anna):
    CustomerFactory.create_batch(6, partner=anna)
    as_anna.post(url("rank"), {"query": "", "rank": "A"})
    bulk, job = anna.bulkacts.get(), Job.objects.get()

    assert actions.is_running(bulk)
    assert as_anna.post(undo_url(bulk)).url == reverse("job-detail", args=[job.pk])
    jobs.cancel(anna, job.pk)
    work()

    (told,) = as_anna.get(reverse("bulk-list")).context["acts"] or [None]
    assert told.state == "stopped after 0 of 6"
    assert not told.can_be_undone


PARAMS = {
    "tag": lambda tag: {"name": tag.name},
    "untag": lambda tag: {"tag": str(tag.pk), "name": tag.name},
    "stage": lambda tag: {"values": {"stage": "regular"}},
    "rank": lambda tag: {"values": {"rank": "B"}},
    "follow-up": lambda tag: {
        "day": "2026-12-01",
        "time": "10:00:00",
        "what": "Flyer",
        "kind": "call",
        "spread": True,
    },
    "inform": lambda tag: {"how": "spoken", "day": "2026-11-20", "version": "1"},
    "keep": lambda tag: {},
    "delete": lambda tag: {},
    "tag-merge": lambda tag: {
        "tag": str(tag.pk),
        "name": tag.name,
        "into": str(tag.partner.tags.exclude(pk=tag.pk).first().pk),
        "into_name": "Other",
    },
    "tag-delete": lambda tag: {"tag": str(tag.pk), "name": tag.name},
}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kinds=st.lists(st.sampled_from(sorted(PARAMS)), min_size=1, max_size=3, unique=True),
    chosen=st.sets(st.integers(0, 4)),
    tagged=st.sets(st.tuples(st.integers(0, 4), st.booleans())),
)
def test_bulk_then_undo_leaves_every_row_as_it_was(anna, kinds, chosen, tagged):
    people = [full_customer(anna), *CustomerFactory.create_batch(4, partner=anna)]
    FollowUpFactory(customer=people[1], nature="care")
    both = TagFactory.create_batch(2, partner=anna)
    for place, first in tagged:
        TaggingFactory(customer=people[place], tag=both[0 if first else 1])
    before = everything(anna)

    done = []
    for kind in kinds:
        tag = anna.tags.first()
        if tag is None or (kind == "tag-merge" and anna.tags.count() < 2):
            continue
        selection = (
            {"query": f"tag={tag.pk}"}
            if kind.startswith("tag-")
            else who(*(people[place] for place in chosen))
        )
        done.append(actions.change_many(anna, anna.user, kind, selection, PARAMS[kind](tag)))
    for bulk in reversed(done):
        actions.undo_many(anna, anna.user, bulk)

    assert everything(anna) == before
    anna.customers.all().delete()
    anna.tags.all().delete()


def test_every_act_has_its_form_and_its_words():
    assert set(actions.bulk.KINDS) == set(PARAMS)

"""How far long work came, where its owner can look and stop it."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from partners import jobs
from partners.models import Job, uuid7

State = Job.State
POLL = {"HX-Request": "true", "HX-Target": "job-progress"}


@pytest.fixture
def kinds(monkeypatch):
    def counting(job):
        return jobs.Chunk(done=1, is_last=job.done + 1 >= job.total)

    for name, can_be_cancelled in (("counting", True), ("steadfast", False)):
        kind = jobs.Kind(name, counting, "Counting sheep", can_be_cancelled)
        monkeypatch.setitem(jobs.kinds, name, kind)


@pytest.fixture
def job(kinds, anna) -> Job:
    type(anna.user).objects.update(language="en")
    return Job.objects.create(
        partner=anna, kind="counting", done=250, total=1000, cursor={"next": "/customers/"}
    )


def test_it_says_how_far_it_came(as_anna, job):
    page = as_anna.get(reverse("job-detail", args=[job.pk])).content.decode()

    assert "Counting sheep" in page
    assert 'value="25"' in page
    assert "250 of 1000" in page
    assert 'href="/customers/"' in page
    assert "every 1500ms" in page


def test_it_looks_again_by_itself_until_the_job_is_over(as_anna, job):
    url = reverse("job-detail", args=[job.pk])
    running = as_anna.get(url, headers=POLL)
    Job.objects.update(state=State.DONE, done=1000)
    over = as_anna.get(url, headers=POLL)

    assert running.content.decode().strip().startswith("<section")
    assert "HX-Refresh" not in running.headers
    assert over.headers["HX-Refresh"] == "true"


def test_what_is_over_leads_on_and_stands_still(as_anna, job):
    Job.objects.update(state=State.DONE, result={"next": "/customers/import/"})

    page = as_anna.get(reverse("job-detail", args=[job.pk])).content.decode()

    assert 'href="/customers/import/"' in page
    assert 'value="100"' in page
    assert "every 1500ms" not in page


def test_a_job_stops_when_asked_and_asking_twice_is_harmless(as_anna, anna, job):
    url = reverse("job-cancel", args=[job.pk])

    first = as_anna.post(url, {"next": "/customers/"})
    asked_at = anna.jobs.get().cancel_requested_at
    second = as_anna.post(url)

    assert first.url == "/customers/"
    assert second.url == reverse("job-detail", args=[job.pk])
    assert anna.jobs.get().cancel_requested_at == asked_at is not None
    assert "Stopping" in as_anna.get(second.url).content.decode()


def test_what_cannot_be_stopped_offers_no_button(as_anna, anna, job):
    Job.objects.update(kind="steadfast")

    page = as_anna.get(reverse("job-detail", args=[job.pk])).content.decode()
    as_anna.post(reverse("job-cancel", args=[job.pk]))

    assert reverse("job-cancel", args=[job.pk]) not in page
    assert anna.jobs.get().cancel_requested_at is None


def test_a_job_of_somebody_else_is_not_there(as_boris, anna, job):
    for name, method in (("job-detail", as_boris.get), ("job-cancel", as_boris.post)):
        assert method(reverse(name, args=[job.pk])).status_code == HTTPStatus.NOT_FOUND
        assert method(reverse(name, args=[uuid7()])).status_code == HTTPStatus.NOT_FOUND
    assert anna.jobs.get().cancel_requested_at is None

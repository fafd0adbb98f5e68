"""A tag gets another name; merging and deleting one are bulk acts."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from customers.actions.deriving import refresh_search
from customers.models import OwnField, Tag
from partners import changes, jobs
from partners.changes import Act
from partners.models import Job, Partner, User

REFRESH = "tags-refresh"


def follow_tags() -> None:
    changes.follow(Tag, let_follow)
    label = _("People are found by the new tag")
    jobs.register(REFRESH, refresh_some, label=label, can_be_cancelled=False)


@transaction.atomic
def rename_tag(partner: Partner, actor: User, tag: Tag, name: str) -> Act:
    act = Act(partner, actor, "tag-rename")
    changes.update(act, tag, name=name)
    return act


def tag_named(partner: Partner, name: str) -> Tag | None:
    """The one of this name, however it is spelled."""
    return partner.tags.filter(folded=folded(name)).first()


def tags_named(act: Act, names: Iterable[str]) -> list[Tag]:
    """The partner's tags of these names; those that are missing are made."""
    wanted = [Tag(name=name[:40]) for name in names]
    return list(found_or_made(act, act.partner.tags, wanted).values())


def found_or_made(act: Act, rows: Any, drafts: Iterable[Tag | OwnField]) -> dict[str, Any]:
    """By folded name the stored rows of these drafts; those that are missing are stored."""
    wanted: dict[str, Tag | OwnField] = {}
    for draft in drafts:
        draft.normalise()
        wanted.setdefault(draft.folded, draft)
    wanted.pop("", None)
    try:
        return by_name(act, rows, wanted)
    except IntegrityError:  # another request has made one just now
        return by_name(act, rows, wanted)


def by_name(act: Act, rows: Any, wanted: dict[str, Any]) -> dict[str, Any]:
    known = {row.folded: row for row in stored(rows, wanted)}
    new = {folded: row for folded, row in wanted.items() if folded not in known}
    if new:
        with transaction.atomic():
            changes.create(act, *new.values())
    return known | new


def stored(rows: Any, names: Iterable[str]) -> Any:
    return rows.filter(folded__in=list(names))


def folded(name: str) -> str:
    tag = Tag(name=name)
    tag.normalise()
    return tag.folded


def let_follow(partner: Partner, tags: Iterable[Tag]) -> None:
    """Tags are found by what they are called now, and so are all who have them."""
    renamed = [tag for tag in tags if tag.folded != folded(tag.name)]
    for tag in renamed:
        tag.normalise()
        if not partner.tags.filter(folded=tag.folded).exclude(pk=tag.pk).exists():
            partner.tags.filter(pk=tag.pk).update(folded=tag.folded)
    if renamed:
        refresh_tagged(partner, [tag.pk for tag in renamed])


def refresh_tagged(partner: Partner, ids: Collection[uuid.UUID]) -> None:
    cursor = {"tags": [str(pk) for pk in ids]}
    total = partner.taggings.filter(tag__in=ids).count()
    jobs.start(partner, partner.user, REFRESH, total=total, cursor=cursor)


def refresh_some(job: Job) -> jobs.Chunk:
    tagged = job.partner.taggings.filter(tag__in=job.cursor["tags"])
    if after := job.cursor.get("after"):
        tagged = tagged.filter(customer__gt=after)
    ids = tagged.order_by("customer").values_list("customer", flat=True)
    some = list(ids.distinct()[: jobs.AT_ONCE])
    refresh_search(job.partner, some)
    cursor = job.cursor | {"after": str(some[-1])} if some else job.cursor
    return jobs.Chunk(len(some), cursor, is_last=len(some) < jobs.AT_ONCE)

"""What the walls rest on, read from the code itself: models, managers, words that reach past them."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest
from django import forms
from django.apps import apps

from partners.models import OwnedModel
from tests.harness.environment import ROOT
from tests.project.pages import PRIVATE
from tests.project.world import build, owned_models

PRIVATE_APPS = ("customers", "events")
PRODUCT = ("mlmcrm", "events", "customers", "partners")

# Words that reach past `request.partner`, and the only files that may say them. The list may shrink.
REACHING = {"unscoped", "unscoped_with_bin", "_base_manager", "_default_manager"}
CALLED = {"raw", "cursor", "extra"}  # these reach past it when they are called
ALLOWED = {
    "customers/duties.py": {"raw"},  # a statement of the ORM that is kept, about one partner
    "customers/digest.py": {"unscoped"},  # a batch of morning mails names its partners
    "customers/models/queries.py": {"unscoped"},  # what hangs on a customer of a given query
    "customers/models/hanging.py": {
        "unscoped_with_bin"
    },  # one partner's rows, and who lies in bins
    "customers/office_counts.py": {"unscoped"},  # counted under a role that reads nothing
    "customers/reminders/morning.py": {"unscoped"},  # planning, under a role that reads dates
    "customers/reminders/rechecking.py": {"unscoped"},  # rows by id, inside their partner's wall
    "customers/reminders/single.py": {"unscoped"},  # planning, and a batch that names its partners
    "events/reminders/morning.py": {"unscoped"},  # a batch of morning mails, and dates to plan it
    "events/reminders/requested.py": {"unscoped"},  # planning, and partners whom it then names
    "events/reminders/to_host.py": {"unscoped"},  # likewise
    "mlmcrm/demo/loader.py": {"unscoped", "unscoped_with_bin"},  # hidden guests are moved too
    "mlmcrm/health.py": {"cursor"},  # SELECT 1
    "mlmcrm/scale/loader.py": {"cursor"},  # synthetic rows, as the tables' owner
    "partners/changes.py": {"unscoped", "unscoped_with_bin"},  # compare and swap by key and version
    "partners/files.py": {"unscoped_with_bin"},  # whose files expired, under the planner's role
    "partners/questions.py": {"cursor"},  # asks SQL of the ORM that it keeps, of one partner
    "partners/undo.py": {"unscoped", "unscoped_with_bin"},
    "partners/walls.py": {"cursor"},  # the second wall itself
}


def test_every_private_model_is_owned():
    models = [model for app in PRIVATE_APPS for model in apps.get_app_config(app).get_models()]

    assert models
    assert [model for model in models if not issubclass(model, OwnedModel)] == []


@pytest.mark.parametrize("model", owned_models())
def test_an_owned_model_offers_no_query_of_everything(model):
    assert not hasattr(model, "objects")
    assert model.privacy.personal is not None


def test_only_listed_files_reach_past_the_partner():
    assert reaching_words() == ALLOWED


def reaching_words() -> dict[str, set[str]]:
    found = defaultdict(set)
    for file in product_files():
        for node in ast.walk(ast.parse(file.read_text())):
            called = node.func if isinstance(node, ast.Call) else None
            for name, words in ((node, REACHING), (called, CALLED)):
                if isinstance(name, ast.Attribute) and name.attr in words:
                    found[str(file.relative_to(ROOT))].add(name.attr)
    return dict(found)


def product_files() -> list[Path]:
    files = [file for app in PRODUCT for file in (ROOT / app).rglob("*.py")]
    return [file for file in files if "migrations" not in file.parts]


@pytest.mark.parametrize("name", PRIVATE)
def test_every_choice_of_rows_is_ones_own(as_boris, anna, boris, name):
    """Each form on each page, looked at as its owner, while another circle exists."""
    build(anna)
    response = as_boris.get(PRIVATE[name].url(name, build(boris)))

    contexts = response.context or []
    for form in forms_in(contexts if isinstance(contexts, list) else [contexts]):
        for field in form.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                assert {row.partner for row in field.queryset} <= {boris}


def forms_in(contexts) -> list[forms.BaseForm]:
    values = [value for context in contexts for layer in context for value in layer.values()]
    return [value for value in values if isinstance(value, forms.BaseForm)]

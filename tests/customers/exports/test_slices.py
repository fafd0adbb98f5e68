"""What is counted for a whole table is not counted anew in each slice."""

import pytest

from customers.exports import columns
from customers.models import Address, Email, Phone
from tests.customers.exports.people import somebody
from tests.customers.exports.test_running import export, slices_of_two

__all__ = ["slices_of_two"]


@pytest.mark.parametrize("wish", ["csv", "xlsx", "zip"])
@pytest.mark.usefixtures("slices_of_two")
def test_who_has_most_is_counted_once_for_all_slices(anna, wish, monkeypatch):
    for name in ("Ada", "Bea", "Cleo"):
        somebody(anna, name)
    counted, most = [], columns.most

    def counting(rows):
        counted.append(rows.model)
        return most(rows)

    monkeypatch.setattr(columns, "most", counting)

    export(anna, wish)

    assert counted == [Phone, Email, Address]

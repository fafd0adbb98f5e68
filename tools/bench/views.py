from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from tools.bench.models import Row


@login_required
def floor(request):
    """The least a signed-in page can do: one indexed query of 25 rows and a bare template."""
    rows = Row.objects.filter(partner_id=request.user.partner_id)[:25]
    return render(request, "bench/floor.html", {"rows": rows})

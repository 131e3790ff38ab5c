from collections.abc import Iterator

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.actors.models import Organisation
from rihma.actors.queries import called, offered
from rihma.actors.rules import key_of


@signed_in
@require_safe
def known(request: PersonRequest) -> JsonResponse:
    """Asked while somebody types a name: those of the register that they may mean, and the one that is called just so."""
    typed = request.GET.get("q", "")[:200]
    same = called(typed)
    rows = [{"name": str(one), "about": " · ".join(_about(one, typed))} for one in offered(typed)]
    return JsonResponse({"same": str(same) if same else "", "offered": rows})


def _about(organisation: Organisation, typed: str) -> Iterator[str]:
    """What tells it from others of nearly the same name."""
    key = key_of(typed)
    shown = {key_of(name) for name in (organisation.name, *organisation.names.values())}
    for row in organisation.earlier_names:
        if key in key_of(row["name"]) and not any(key in name for name in shown):
            yield _("earlier %(name)s") % {"name": row["name"]}
    if str(organisation) != organisation.name:
        yield organisation.name
    yield str(organisation.Kind(organisation.kind).label)
    yield from filter(None, (organisation.municipality, organisation.business_id))

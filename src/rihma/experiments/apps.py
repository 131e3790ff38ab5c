from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Experiments(Area):
    name = "rihma.experiments"
    scopes = {
        "experiments:read": _("Read experiments"),
        "experiments:write": _("Record observations and decisions of experiments"),
    }
    events = {
        "drafted": _("%(by)s began to plan an experiment"),
        "edited": _("%(by)s wrote the first plan of an experiment"),
        "made_ready": _("%(by)s marked an experiment ready for sparring"),
        "dates_allowed": _("%(by)s allowed an experiment to take longer"),
        "started": _("%(by)s started an experiment; its plan is locked"),
        "amended": _("%(by)s changed the plan of a running experiment"),
        "paused": _("%(by)s paused an experiment"),
        "resumed": _("%(by)s resumed an experiment"),
        "observed": _("%(by)s added an observation to an experiment"),
        "ended": _("%(by)s ended an experiment"),
        "concluded": _("%(by)s wrote down what an experiment taught"),
        "decided": _("%(by)s wrote down what was decided after an experiment"),
        "cancelled": _("%(by)s cancelled an experiment"),
        "published": _("%(by)s published what an experiment taught"),
    }

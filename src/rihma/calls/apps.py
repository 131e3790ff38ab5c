from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Calls(Area):
    name = "rihma.calls"
    scopes = {
        "calls:read": _("Read calls, also those that are not public yet"),
    }
    hooks = {
        "call.amended": _("A call changed after it had opened"),
    }
    events = {
        "drafted": _("%(by)s wrote the open call"),
        "edited": _("%(by)s edited the open call"),
        "opened": _("%(by)s opened the call"),
        "access_set": _("%(by)s changed who may apply"),
        "rules_set": _("%(by)s changed the rules or places of the call"),
        "question_added": _("%(by)s added a question"),
        "question_edited": _("%(by)s changed a question"),
        "question_moved": _("%(by)s moved a question"),
        "question_removed": _("%(by)s removed a question"),
        "form_taken": _("%(by)s brought in a form with %(count)s questions"),
        "section_added": _("%(by)s added a section to the form"),
        "sections_changed": _("%(by)s changed a section of the form"),
        "section_moved": _("%(by)s moved a section of the form"),
        "section_removed": _("%(by)s removed a section of the form"),
        "criterion_added": _("%(by)s added a criterion"),
        "criterion_edited": _("%(by)s changed a criterion"),
        "criterion_moved": _("%(by)s moved a criterion"),
        "criterion_removed": _("%(by)s removed a criterion"),
        "opening_moved": _("%(by)s moved the opening of the call from %(before)s to %(after)s"),
        "cut_off_added": _("%(by)s added the cut-off %(moment)s"),
        "cut_off_moved": _("%(by)s moved the cut-off %(before)s to %(after)s"),
        "cut_off_removed": _("%(by)s removed the cut-off %(moment)s"),
        "places_counted": _("%(by)s changed how the places of the call are counted"),
        "stages_set": _("%(by)s set the idea stage of the call to end %(moment)s"),
        "stages_dropped": _("%(by)s made the call one stage again"),
        "closing_moved": _("%(by)s moved the closing time from %(before)s to %(after)s"),
    }

from rihma.experiments.forms.deeds import CancelForm, ConcludeForm, DecideForm, ObserveForm, ReasonForm
from rihma.experiments.forms.plan import AmendForm, PlanForm

__all__ = ["AmendForm", "CancelForm", "ConcludeForm", "DecideForm", "ObserveForm", "PlanForm", "ReasonForm"]

from rihma.calls.models.call import Call, CallQuerySet
from rihma.calls.models.changes import Amendment, FormVersion
from rihma.calls.models.intakes import Intake, IntakeQuerySet
from rihma.calls.models.lines import LEVELS, Criterion, Line, Question, Section, plain

__all__ = [
    "LEVELS",
    "Amendment",
    "Call",
    "CallQuerySet",
    "Criterion",
    "FormVersion",
    "Intake",
    "IntakeQuerySet",
    "Line",
    "Question",
    "Section",
    "plain",
]

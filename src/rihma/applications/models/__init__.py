from rihma.applications.models.application import Application, ApplicationQuerySet, Receipt
from rihma.applications.models.arrival import AccessCode, Completion, Judgement
from rihma.applications.models.wordlist import Wordlist
from rihma.applications.models.writer import Writer

__all__ = [
    "AccessCode",
    "Application",
    "ApplicationQuerySet",
    "Completion",
    "Judgement",
    "Receipt",
    "Wordlist",
    "Writer",
]

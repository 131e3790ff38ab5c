from rihma.applications.models.application import Application, ApplicationQuerySet, Receipt
from rihma.applications.models.arrival import AccessCode, Completion, Judgement
from rihma.applications.models.file import AnswerFile, FileSent
from rihma.applications.models.named import NamedOrganisation
from rihma.applications.models.uptake import Uptake
from rihma.applications.models.wordlist import Wordlist
from rihma.applications.models.writer import Writer

__all__ = [
    "AccessCode",
    "AnswerFile",
    "Application",
    "ApplicationQuerySet",
    "Completion",
    "FileSent",
    "Judgement",
    "NamedOrganisation",
    "Receipt",
    "Uptake",
    "Wordlist",
    "Writer",
]

"""What a call lists in order: sections, questions, criteria."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.base.fields import WordsField
from rihma.base.files.kinds import GROUPS
from rihma.base.seen import mark_of
from rihma.base.words import Words
from rihma.calls import rules
from rihma.calls.models.call import Call
from rihma.calls.models.elsewhere import with_options

LEVELS = tuple(f"level_{score}" for score in rules.SCALE)


class LineQuerySet[L: "Line"](models.QuerySet[L]):
    def current(self) -> Self:
        """Without those that were retired after somebody may have read them."""
        return self.filter(retired_at=None)


class QuestionQuerySet(LineQuerySet["Question"]):
    def in_order(self) -> Self:
        """Section by section, those of none first."""
        first = models.F("section__number").asc(nulls_first=True)
        return self.select_related("section").order_by(first, "number", "pk")

    def current(self) -> Self:
        return super().current().in_order()


class Line(models.Model):
    """One of the things that a call lists in order."""

    FACTS: ClassVar[tuple[str, ...]] = ()

    number = models.PositiveSmallIntegerField()
    # Retired instead of deleted once the call has been open, because what was asked of whom must stay known.
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.said)

    @property
    def said(self) -> Words:
        """The words that it goes by."""
        words: Words = getattr(self, self.FACTS[0])
        return words

    @property
    def facts(self) -> dict[str, object]:
        """What it says, as plain values."""
        return plain({name: getattr(self, name) for name in self.FACTS})

    @property
    def mark(self) -> str:
        return mark_of(self.facts)


def plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, Words):
        return value.to_dict()
    if isinstance(value, date):
        return value.isoformat()
    return value.key if isinstance(value, Section) else value


def only_jurors() -> list[str]:
    return ["jurors"]


def all_files() -> list[str]:
    return list(GROUPS)


class Section(Line):
    """Questions that belong together, under one title."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=40)
    title = WordsField()
    intro = WordsField()

    FACTS: ClassVar = ("title", "intro")
    objects = LineQuerySet["Section"].as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "key"], name="one_section_a_key")]


class Question(Line):
    class Kind(models.TextChoices):
        SHORT = "short", _("One line")
        LONG = "long", _("Longer text")
        NUMBER = "number", _("Number with a unit")
        DATE = "date", _("Date")
        CHOICE = "choice", _("One option")
        SEVERAL = "several", _("Several options")
        RANKING = "ranking", _("Options in order of importance")
        PLACES = "places", _("Places that can run out")
        PERSON = "person", _("Person")
        MEMBERS = "members", _("List of people")
        ORGANISATION = "organisation", _("Organisation")
        CONSENT = "consent", _("Consent")
        CHALLENGE = "challenge", _("Challenge of the call")
        FILE = "file", _("Files")

    class AskedIn(models.TextChoices):
        BOTH = rules.BOTH, _("In both stages")
        IDEA = rules.IDEA, _("Only in the idea stage")
        FULL = rules.FULL, _("Only in the full stage")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    section = models.ForeignKey(Section, on_delete=models.SET_NULL, related_name="questions", null=True, blank=True)
    # Names the answer for ever, also when the words change.
    key = models.SlugField(max_length=40)
    label = WordsField()
    help = WordsField()
    # The same again in plain language, for those to whom the words above are hard.
    plain = WordsField()
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.LONG)
    required = models.BooleanField(default=True)
    # Days by the clock of the programme's zone, the last one included.
    required_by = models.DateField(null=True, blank=True)
    frozen_after = models.DateField(null=True, blank=True)
    most_words = models.PositiveSmallIntegerField(default=300)
    unit = WordsField()
    # How much, or how many, as the kind understands it.
    least = models.IntegerField(null=True, blank=True)
    most = models.IntegerField(null=True, blank=True)
    # Of files: which kinds (`base.files.kinds.GROUPS`), and how large each may be.
    file_kinds = models.JSONField(default=all_files, blank=True)
    most_megabytes = models.PositiveSmallIntegerField(default=rules.MOST_MEGABYTES)
    # [{key, label, places, retired}], see `rules.Option`
    options = models.JSONField(default=list, blank=True)
    # in a call of two stages
    asked_in = models.CharField(max_length=4, choices=AskedIn, default=AskedIn.BOTH)
    # {question, values} or nothing, see `rules.Condition`
    shown_if = models.JSONField(default=dict, blank=True)
    # Those who read the answer beside its writers and those who run the programme, of `rules.READERS`.
    readers = models.JSONField(default=only_jurors, blank=True)
    secret_because = WordsField()
    kept_months = models.PositiveSmallIntegerField(null=True, blank=True)
    # Of an organisation: whoever acts for it, or for one of its family, does not read what names it.
    ties_jurors = models.BooleanField(default=False)

    FACTS: ClassVar = (
        *("label", "help", "plain", "kind", "section", "required", "required_by", "frozen_after", "most_words"),
        *("unit", "least", "most", "options", "shown_if", "readers", "secret_because", "kept_months"),
        *("file_kinds", "most_megabytes", "ties_jurors", "asked_in"),
    )
    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "key"], name="one_question_a_key")]

    @property
    def asked(self) -> rules.Asked:
        asked = rules.Asked.of({"key": self.key, **self.facts}, is_retired=self.retired_at is not None)
        return with_options(asked, self.call_id)


class Criterion(Line):
    """Public with the call, so that everybody is read by the same measure."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    title = WordsField()
    description = WordsField()
    weight = models.PositiveSmallIntegerField(default=1)
    # What each score of the scale means for this criterion; where nothing is said, the word of the scale does.
    level_1 = WordsField()
    level_2 = WordsField()
    level_3 = WordsField()
    level_4 = WordsField()
    level_5 = WordsField()

    FACTS: ClassVar = ("title", "description", "weight", *LEVELS)
    objects = LineQuerySet["Criterion"].as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name_plural = "criteria"

    @property
    def levels(self) -> dict[int, Words]:
        """Score → what it means here; only those of which something is said."""
        said: dict[int, Words] = {score: getattr(self, name) for score, name in zip(rules.SCALE, LEVELS, strict=True)}
        return {score: words for score, words in said.items() if words}

    @property
    def described(self) -> list[tuple[int, object, Words]]:
        """For whoever reads the call: each score that is described, with its word."""
        return [(score, rules.SCALE[score], words) for score, words in self.levels.items()]

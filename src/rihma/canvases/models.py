from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rihma.base import clock
from rihma.base.fields import WordsField
from rihma.base.ids import new_id
from rihma.base.places import address
from rihma.base.written import Written
from rihma.canvases.types import State
from rihma.guests.models import Guest, Link
from rihma.programmes.models import Programme
from rihma.teams.models import WORKED, Team

if TYPE_CHECKING:
    from rihma.accounts.models import Person


class CanvasQuerySet(models.QuerySet["Canvas"]):
    def worked_by(self, who: "Person | Guest | None") -> Self:
        """Canvases that a person or a guest may change."""
        if isinstance(who, Guest):
            return self._opened_to(who, Link.Role.WRITER)
        return self.filter(team__in=Team.objects.worked_by(who).values("pk"))

    def seen_by(self, who: "Person | Guest | None") -> Self:
        """Canvases that they may read: `worked_by`, for a person also those of teams they mentor."""
        if isinstance(who, Guest):
            return self._opened_to(who, Link.Role.WRITER, Link.Role.READER)
        return self.filter(team__in=Team.objects.seen_by(who).values("pk"))

    def _opened_to(self, guest: Guest, *roles: str) -> Self:
        """By a link that is good at this moment."""
        links = Link.objects.valid_at(clock.now()).filter(role__in=roles, guests=guest.pk)
        keys = links.values_list("key", flat=True)
        return self.filter(pk__in=[UUID(key.partition(":")[2]) for key in keys])

    def run_by(self, person: "Person | None") -> Self:
        """Canvases that the person may freeze and reopen."""
        return self.filter(programme__in=Programme.objects.run_by(person).values("pk"))


class Canvas(models.Model):
    """What is on it stands in `items`; how it came about, in `operations`. Its row is the lock that orders them."""

    class State(models.TextChoices):
        OPEN = "open", _("Open for changes")
        FROZEN = "frozen", _("Frozen")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="canvases")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="canvases")
    kind = models.CharField(max_length=40)
    kind_version = models.PositiveSmallIntegerField()
    title = WordsField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # people write without being named, until somebody turns that off again
    names_hidden = models.BooleanField(default=False)
    head = models.PositiveBigIntegerField(default=0)
    # operations up to here are known by number only: what they said stands in a checkpoint (trimming.py)
    folded = models.PositiveBigIntegerField(default=0)
    opened_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = CanvasQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "canvases"
        ordering: ClassVar = ["opened_at", "kind"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "kind"], name="one_canvas_a_kind")]

    def __str__(self) -> str:
        return str(self.title) or self.kind

    def get_absolute_url(self) -> str:
        return address("canvases:canvas", self.pk)

    @property
    def is_frozen(self) -> bool:
        return self.state == self.State.FROZEN

    @cached_property
    def readable(self) -> list[UUID]:
        """Items whose words everybody may read; a page that has read them says which of them it shows."""
        return list(self.items.live().filter(hidden=False).values_list("pk", flat=True))

    def is_worked_by(self, who: "Person | Guest") -> bool:
        """Asked once for each: several parts of a page want to know."""
        known: dict[object, bool] = vars(self).setdefault("_worked_by", {})
        if who not in known:
            known[who] = (
                Canvas.objects.worked_by(who).filter(pk=self.pk).exists()
                if isinstance(who, Guest)
                else bool(_WORKED(self.pk, who.pk))
            )
        return known[who]


_WORKED = Written(lambda canvas, person: Canvas.objects.filter(pk=canvas, team__in=WORKED(person)).values_list("pk"))


class ItemQuerySet(models.QuerySet["Item"]):
    def live(self) -> Self:
        return self.filter(removed=False)


class Standing(models.Model):
    """An item as the log tells it up to some number. The models below add whose it is: `by` a person, or `guest`."""

    kind = models.CharField(max_length=40)
    zone = models.CharField(max_length=40)
    # a fractional index (order.py), never sorted by the database: that would order letters by language
    order = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    lang = models.CharField(max_length=5, choices=settings.LANGUAGES)
    fields = models.JSONField(default=dict, blank=True)
    # texts that clashed with `text` (types.Alternative), kept so that people can settle which stands
    alternatives = models.JSONField(default=list, blank=True)
    removed = models.BooleanField(default=False)
    marks = models.JSONField(default=dict, blank=True)
    hidden = models.BooleanField(default=False)
    # the operation that last changed the text: a `set` must say which one it was based on
    text_seq = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    @property
    def state(self) -> State:
        parts = {name: getattr(self, name) for name in State.__struct_fields__}
        return State(**parts | {"alternatives": tuple(self.alternatives)})


def parts_of(state: State) -> dict[str, Any]:
    """The columns of a row that stands like this."""
    return {name: getattr(state, name) for name in State.__struct_fields__} | {"alternatives": list(state.alternatives)}


class Item(Standing):
    """What the operations on it amount to. Written only by `actions.apply`; removed ones stay and can be restored."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="items", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="canvas_items")
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="canvas_items")

    objects = ItemQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["canvas", "removed"])]

    def __str__(self) -> str:
        return self.text

    @property
    def writer(self) -> "Person | Guest | None":
        """Who added it; None once they were erased."""
        return self.by or self.guest

    @classmethod
    def of(cls, canvas: Canvas, pk: UUID, state: State) -> Self:
        """The row of an item that stands as the log says."""
        return cls(pk=pk, canvas=canvas, **parts_of(state))


class Snapshot(models.Model):
    """A name for a moment of a canvas: the number of its log, which is all that is needed to see it again."""

    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="snapshots")
    seq = models.PositiveBigIntegerField()
    name = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-seq", "-at"]

    def __str__(self) -> str:
        return self.name


class OperationQuerySet(models.QuerySet["Operation"]):
    def by_whom(self, who: "Person | Guest") -> Self:
        return self.filter(guest=who) if isinstance(who, Guest) else self.filter(by=who)


class Operation(models.Model):
    """One row of the log, as it took effect: replaying the payloads in order gives the items.

    Append-only. `item` is no foreign key: the log outlives what it speaks of.
    """

    class Verb(models.TextChoices):
        ADD = "add", _("added")
        SET = "set", _("changed")
        MOVE = "move", _("moved")
        REMOVE = "remove", _("removed")
        RESTORE = "restore", _("restored")
        MARK = "mark", _("marked")
        HIDE = "hide", _("hidden")
        SHOW = "show", _("shown again")
        ERASE = "erase", _("erased")

    # Indexed by the constraints below. The other two are looked up when somebody is erased, and cost every writer.
    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="operations", db_index=False)
    seq = models.PositiveBigIntegerField()
    # made by whoever sends it, so that sending again takes effect once
    client_id = models.CharField(max_length=64)
    verb = models.CharField(max_length=10, choices=Verb)
    item = models.UUIDField()
    payload = models.JSONField(default=dict)
    # what the sender had seen when they wrote, so that a text can be merged with what came since
    base = models.PositiveBigIntegerField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField(default=clock.now)

    objects = OperationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["canvas", "seq"], name="one_operation_a_number"),
            models.UniqueConstraint(fields=["canvas", "client_id"], name="one_operation_a_client_id"),
        ]
        indexes: ClassVar = [models.Index(fields=["canvas", "item", "seq"])]

    def __str__(self) -> str:
        return f"#{self.seq} {self.verb}"


class Checkpoint(models.Model):
    """All items as they stood at one number of the log, so that what was said up to there need not be kept.

    `checked_at`: with the rest of the log it gave just what stands on the canvas; `failed_at`: it did not. Only a while
    later it is used in place of the log (trimming.py); `emptied_at`: what operations up to here said is gone. Those at the
    number of a named moment stay as long as the name does.
    """

    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="checkpoints", db_index=False)
    seq = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(default=clock.now)
    checked_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["seq"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["canvas", "seq"], name="one_checkpoint_a_number")]

    def __str__(self) -> str:
        return f"#{self.seq}"


class Stood(Standing):
    """How one item stood at a checkpoint."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.CASCADE, related_name="stood", db_index=False)
    item = models.UUIDField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    # for each who wrote in it what stood there before their first word, so that they can be erased from it (erasing.py)
    before = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "stood"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["checkpoint", "item"], name="one_standing_an_item_and_checkpoint")
        ]

    def __str__(self) -> str:
        return self.text

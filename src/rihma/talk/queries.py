from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Value
from django.utils.safestring import SafeString

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.written import Written
from rihma.canvases.access import Who
from rihma.canvases.doers import key_of
from rihma.canvases.models import Canvas, Item
from rihma.guests.models import Guest, Link
from rihma.programmes.models import Role
from rihma.talk import rules
from rihma.talk.models import Comment, Reaction
from rihma.talk.wording import to_html
from rihma.teams.models import Member

# What each reaction looks like beside its word.
ICONS: Mapping[str, str] = {
    Reaction.Kind.AGREE: "thumbs-up",
    Reaction.Kind.IMPORTANT: "star",
    Reaction.Kind.SURPRISING: "zap",
    Reaction.Kind.UNCLEAR: "circle-question-mark",
    Reaction.Kind.TRY: "flask-conical",
}


def talked_on_by(who: Who | None) -> QuerySet[Canvas]:
    """Canvases about which they may say something: people wherever they may read, guests where they may write."""
    return Canvas.objects.worked_by(who) if isinstance(who, Guest) else Canvas.objects.seen_by(who)


def may_talk(canvas: UUID, who: Who) -> bool:
    return talked_on_by(who).filter(pk=canvas).exists()


def who_sees(canvas: Canvas) -> QuerySet[Person]:
    """Everybody with an account for whom `Canvas.objects.seen_by` finds this canvas, by name."""
    members = Member.objects.filter(team=canvas.team_id, state=Member.State.CONFIRMED)
    runners = Role.objects.filter(programme=canvas.programme_id, role__in=Role.RUNS, ended_at=None)
    return Person.objects.filter(
        Q(pk__in=members.values("person"))
        | Q(pk__in=runners.values("person"))
        | Q(pk__in=Person.objects.filter(mentored_teams=canvas.team_id).values("pk")),
        is_active=True,
    ).order_by("name", "email")


@dataclass(frozen=True)
class Around:
    """Who may be named, and what whoever asks may do; read at once, since the page asks much else."""

    people: Sequence[Person]
    others: Sequence[Person]
    talks: bool
    runs: bool
    is_named: bool

    @cached_property
    def names(self) -> Mapping[str, str]:
        return {str(person.pk): str(person) for person in self.people}


def around(canvas: Canvas, who: Who) -> Around:
    """Of somebody for whom the page opened: `talks` is what `talked_on_by` would find."""
    is_named = not canvas.names_hidden
    if isinstance(who, Guest):
        return Around(
            list(who_sees(canvas)), (), talks=who.link.role == Link.Role.WRITER, runs=False, is_named=is_named
        )
    runs = Role.objects.filter(person=OuterRef("pk"), programme=canvas.programme_id, role__in=Role.RUNS, ended_at=None)
    people = list(who_sees(canvas).annotate(runs=Exists(runs)))
    mine = next((person for person in people if person.pk == who.pk), None)
    others = [person for person in people if person is not mine]
    runs_it = mine is not None and bool(vars(mine)["runs"])
    return Around(people, others, talks=True, runs=runs_it, is_named=is_named)


@dataclass(frozen=True)
class Line:
    """One comment as one reader may see and change it."""

    comment: Comment
    # nobody while names are hidden, or while it is
    writer: str
    html: SafeString
    told: Sequence[str]
    may_edit: bool
    may_remove: bool

    @property
    def is_removed(self) -> bool:
        return self.comment.removed_at is not None


@dataclass
class Thread:
    first: Line
    answers: list[Line] = field(default_factory=list)

    @property
    def is_resolved(self) -> bool:
        return self.first.comment.is_resolved


@dataclass(frozen=True)
class Talk:
    """Everything said about one item; nothing of it where the item is hidden."""

    item: Item
    threads: Sequence[Thread]
    count: int
    may_talk: bool

    @property
    def is_open(self) -> bool:
        """Whether something can be added."""
        return not (self.item.removed or self.item.hidden)

    @property
    def can_add(self) -> bool:
        return self.may_talk and self.is_open

    @property
    def is_full(self) -> bool:
        return sum(1 + len(thread.answers) for thread in self.threads) >= rules.MOST_COMMENTS

    @cached_property
    def resolved(self) -> int:
        return sum(thread.is_resolved for thread in self.threads)

    @property
    def open(self) -> list[Thread]:
        return [thread for thread in self.threads if not thread.is_resolved]


def is_veiled(item: Item) -> bool:
    """Comments on words that nobody should read, or that were erased, may say these words again."""
    return item.hidden or bool(item.marks.get("erased"))


def talk_of(item: Item, who: Who, may: Around) -> Talk:
    comments = [] if is_veiled(item) else list(item.comments.with_people())
    now = clock.now()
    threads: dict[UUID, Thread] = {}
    for comment in comments:
        line = _line(comment, who, now, may)
        if comment.thread_id is None:
            threads[comment.pk] = Thread(line)
        elif comment.thread_id in threads:
            threads[comment.thread_id].answers.append(line)
    count = sum(comment.removed_at is None for comment in comments)
    return Talk(item, list(threads.values()), count, may.talks)


def _line(comment: Comment, who: Who, now: datetime, may: Around) -> Line:
    is_own, stands = comment.is_of(who), comment.removed_at is None and may.talks
    told = [] if comment.hidden else [name for pk in comment.told if (name := may.names.get(pk))]
    return Line(
        comment,
        str(comment.writer or "") if may.is_named and not comment.hidden else "",
        to_html(comment.readable, told),
        told,
        may_edit=stands and not comment.hidden and rules.may_edit(is_own=is_own, made_at=comment.made_at, now=now),
        may_remove=stands and (is_own or may.runs),
    )


@dataclass(frozen=True)
class Reacted:
    """One kind of reaction on one item."""

    kind: str
    word: str
    count: int
    is_mine: bool = False
    people: Sequence[str] = ()

    @property
    def icon(self) -> str:
        return ICONS[self.kind]


def reactions_of(item: Item, who: Who) -> list[Reacted]:
    """All five. Who reacted is for people only, and for nobody where guests were promised that they stay unknown."""
    unnamed = Exists(Link.objects.filter(key=key_of(item.canvas_id), is_anonymous=True))
    found = item.reactions.select_related("by", "guest").annotate(unnamed=unnamed).order_by("made_at", "pk")
    rows = [] if is_veiled(item) else list(found)
    of_kind: defaultdict[str, list[Reaction]] = defaultdict(list)
    for row in rows:
        of_kind[row.kind].append(row)
    is_hidden = item.canvas.names_hidden or any(vars(row)["unnamed"] for row in rows)
    is_named = isinstance(who, Person) and not is_hidden
    return [
        Reacted(
            kind.value,
            str(kind.label),
            len(of_kind[kind.value]),
            is_mine=any(_is_of(row, who) for row in of_kind[kind.value]),
            people=[str(row.by or row.guest or "–") for row in of_kind[kind.value]] if is_named else (),
        )
        for kind in Reaction.Kind
    ]


def _is_of(row: Reaction, who: Who) -> bool:
    return who.pk == (row.guest_id if isinstance(who, Guest) else row.by_id)


@dataclass(frozen=True)
class Worn:
    """What an item wears on the board."""

    comments: int = 0
    reactions: Sequence[Reacted] = ()


def _said_on(canvas: UUID) -> QuerySet[Comment, tuple[UUID, str, int]]:
    """How often of each item that everybody may read, in one query."""
    readable = {"item__canvas": canvas, "item__removed": False, "item__hidden": False}
    comments = Comment.objects.standing().filter(**readable).order_by()
    reactions = Reaction.objects.filter(**readable).order_by()
    rows = comments.values_list("item", Value("")).annotate(count=Count("pk"))
    reacted = reactions.values_list("item", "kind").annotate(count=Count("pk"))
    return rows.union(reacted, all=True)


SAID_ON = Written(_said_on)


def worn_on(canvas: Canvas) -> Mapping[UUID, Worn]:
    """What has been said about each item that everybody may read."""
    counts: defaultdict[UUID, Counter[str]] = defaultdict(Counter)
    for item, kind, count in SAID_ON(canvas.pk):
        counts[item][kind] = count
    return {item: Worn(of[""], _counted(of)) for item, of in counts.items()}


def _counted(counts: Counter[str]) -> list[Reacted]:
    return [Reacted(kind.value, str(kind.label), counts[kind.value]) for kind in Reaction.Kind if counts[kind.value]]


@dataclass(frozen=True)
class Talked:
    """One item in the list of everything that is talked about on a canvas."""

    item: Item
    count: int
    open: int
    latest: datetime


def talked_about(canvas: Canvas) -> list[Talked]:
    """What was talked about last stands first; items that were removed since are among them."""
    standing = Q(comments__removed_at=None)
    unresolved = standing & Q(comments__thread=None, comments__state=Comment.State.OPEN)
    items: Iterable[Item] = (
        canvas.items.filter(hidden=False)
        .exclude(marks__has_key="erased")
        .annotate(
            count=Count("comments", filter=standing),
            open=Count("comments", filter=unresolved),
            latest=Max("comments__made_at", filter=standing),
        )
        .filter(count__gt=0)
        .order_by("-latest")
    )
    return [Talked(item, vars(item)["count"], vars(item)["open"], vars(item)["latest"]) for item in items]

"""What people do together on a canvas beside writing on it: they talk, put things together, vote, send a photo."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw

from rihma.accounts.models import Person
from rihma.attachments import actions as attachments
from rihma.base import clock
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas
from rihma.canvases.types import Payload
from rihma.facilitation import actions as facilitation
from rihma.programmes.models import Programme
from rihma.talk import actions as talk
from rihma.talk.models import Comment

# Of the photo: a wall with notes in three rows, small, because a demo is loaded often.
WALL, NOTE, GAP = (960, 640), 180, 80
WHITE, NOTES = "#e9e4da", ("#f2c14e", "#8fb8de", "#a3c9a8")


def work_together(programme: Programme, told: Mapping[str, Any], cast: Mapping[str, Person], at: datetime) -> None:
    canvas = programme.canvases.get(team__name=told["team"], kind=told["kind"])
    items = dict(canvas.items.live().values_list("text", "pk"))
    with clock.at(at):
        _put_together(canvas, told, items, cast)
        moment = told["moment"]
        canvases.take_snapshot(canvas, 0, name=moment["name"], by=cast[moment["by"]])
        clock.step(timedelta(minutes=5))
        _vote(canvas, told["vote"], items, cast)
        clock.step(timedelta(minutes=5))
        _talk(canvas, told, items, cast)
        _translate(canvas, told["translation"], items, cast)
        _photograph(canvas, told["photo"], cast)


def _put_together(
    canvas: Canvas, told: Mapping[str, Any], items: Mapping[str, UUID], cast: Mapping[str, Person]
) -> None:
    for one in told["mark"]:
        item = items[one["on"]]
        canvases.mark(canvas, item, one["say"], by=cast[one["by"]], client_id=f"mark-{item.hex}")
    for one in told["link"]:
        item = items[one["from"]]
        tie: Payload = {"link": {"to": str(items[one["to"]]), "word": one["word"]}}
        canvases.mark(canvas, item, [tie], by=cast[one["by"]], client_id=f"link-{item.hex}")


def _vote(canvas: Canvas, told: Mapping[str, Any], items: Mapping[str, UUID], cast: Mapping[str, Person]) -> None:
    by = cast[told["by"]]
    vote = facilitation.start_vote(
        canvas, title=told["title"], budget=told["budget"], most=told["most"], results="when_closed", by=by
    )
    for one in told["dots"]:
        for text in one["on"]:
            facilitation.place_dot(vote, items[text], by=cast[one["by"]])
    clock.step(timedelta(minutes=4))
    facilitation.close_vote(vote, by=by)


def _talk(canvas: Canvas, told: Mapping[str, Any], items: Mapping[str, UUID], cast: Mapping[str, Person]) -> None:
    found = canvas.items.in_bulk(items.values())
    said: list[Comment] = []
    for one in told["comment"]:
        thread = said[one["answers"]].pk if "answers" in one else None
        comment = talk.comment(
            found[items[one["on"]]], one["text"], lang=canvas.team.language, thread=thread, by=cast[one["by"]]
        )
        said.append(comment)
        clock.step(timedelta(minutes=20))
        if "resolved_by" in one:
            talk.resolve(comment, by=cast[one["resolved_by"]])
    for one in told["reaction"]:
        for name in one["by"]:
            talk.react(found[items[one["on"]]], one["kind"], by=cast[name])


def _translate(canvas: Canvas, told: Mapping[str, Any], items: Mapping[str, UUID], cast: Mapping[str, Person]) -> None:
    item, by = items[told["on"]], cast[told["by"]]
    said: Payload = {"translation": {"lang": told["lang"], "text": told["text"], "made": "machine"}}
    row = canvases.mark(canvas, item, [said], by=by, client_id=f"translation-{item.hex}")
    clock.step(timedelta(hours=1))
    canvases.change(canvas, "set", item, {"text": told["changed_to"]}, base=row.seq, by=by)


def _photograph(canvas: Canvas, told: Mapping[str, Any], cast: Mapping[str, Person]) -> None:
    attachments.attach(
        canvas,
        _wall(),
        name=told["name"],
        zone=told["zone"],
        alt=told["alt"],
        lang=canvas.team.language,
        by=cast[told["by"]],
    )


def _wall() -> bytes:
    wall = Image.new("RGB", WALL, WHITE)
    drawn = ImageDraw.Draw(wall)
    for row, colour in enumerate(NOTES):
        for place in range(len(NOTES)):
            left, top = GAP + place * (NOTE + GAP), GAP // 2 + row * (NOTE + GAP // 4)
            drawn.rectangle((left, top, left + NOTE, top + NOTE), fill=colour)
    out = BytesIO()
    wall.save(out, "JPEG")
    return out.getvalue()

"""Which areas there are, and which of them have a part in the programme file."""

AREAS = [
    "base",
    "accounts",
    "history",
    "notices",
    "realtime",
    "guests",
    "webhooks",
    "actors",
    "programmes",
    "calls",
    "invitations",
    "challenges",
    "teams",
    "applications",
    "workshops",
    "canvases",
    "talk",
    "tailoring",
    "facilitation",
    "brainwriting",
    "attachments",
    "moderation",
    "mergers",
    "experiments",
    "reviews",
    "selection",
    "library",
    "records",
    "insights",
    "site",
]
# Which areas have a part in the programme file, in the order of its tables (see programmes/file/section.py).
PROGRAMME_FILE_SECTIONS = [
    "rihma.programmes.programme_file.SECTION",
    "rihma.calls.programme_file.SECTION",
    "rihma.challenges.programme_file.SECTION",
    "rihma.reviews.programme_file.SECTION",
    "rihma.workshops.programme_file.SECTION",
    "rihma.canvases.programme_file.SECTION",
    "rihma.tailoring.programme_file.SECTION",
    "rihma.library.programme_file.SECTION",
]
# What a programme may keep for a time only → who finds it (see programmes/keeping.py).
PROGRAMME_KEPT = {
    "invitations": "rihma.invitations.kept.invitations",
    "letters": "rihma.teams.kept.letters",
    "enquiries": "rihma.challenges.kept.enquiries",
    "posters": "rihma.challenges.kept.posters",
    "mails": "rihma.records.mails.mails",
}
# What somebody wrote around a programme that stands on no canvas, and goes when their words are erased.
PROGRAMME_ERASERS = [
    "rihma.teams.erasing.erase_letters_of",
    "rihma.challenges.erasing.erase_enquiries_of",
    "rihma.invitations.erasing.erase_words_about",
]
# What areas above do when an application is withdrawn.
APPLICATION_WITHDRAWN = ["rihma.selection.going_on.give_place_back"]

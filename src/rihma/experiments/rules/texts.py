"""Short forms of what people wrote."""

LONGEST_TITLE = 80
MOST_WORDS = 16
OPENINGS = ("we believe that", "uskomme, että", "uskomme että", "vi tror att")


def title_of(text: str) -> str:
    """A first title from an assumption: its beginning, cut between words."""
    sentence = without_opening(text)
    title = sentence[:1].upper() + sentence[1:]
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rpartition(" ")[0] + "…"


def first_words(text: str) -> str:
    """Ends as a sentence ends, or shows that it goes on."""
    words = text.split()
    if len(words) > MOST_WORDS:
        return " ".join(words[:MOST_WORDS]) + "…"
    sentence = " ".join(words)
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def without_opening(sentence: str) -> str:
    """A belief often begins “We believe that …”, and so does the line that it is read in."""
    text = sentence.strip().rstrip(".").strip()
    for opening in OPENINGS:
        if text.casefold().startswith(opening + " "):
            return text[len(opening) :].strip()
    return text

"""A person without a mouse: goes by Tab, knows things by their names, and notices when the focus cannot be seen."""

from dataclasses import dataclass

from django.utils import translation
from playwright.sync_api import Page

MOST_PRESSES = 150
FOCUSED = """() => {
    const words = (part) => (part?.innerText ?? "").replace(/\\s+/g, " ").trim();
    const at = document.activeElement;
    if (!at || at === document.body) return { name: "", group: "", shown: true, free: true, html: "", chosen: "" };
    const by = (at.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => words(document.getElementById(id)));
    const label = [...(at.labels ?? [])][0];
    const name = at.ariaLabel || by.join(" ").trim() || words(label) || words(at) || at.title;
    const box = [at, label].find((part) => part && part.getBoundingClientRect().width > 8) ?? at;
    const { left, right, top, bottom } = box.getClientRects()[0] ?? box.getBoundingClientRect();
    const within = (low, high, most) => [low + 3, (low + high) / 2, high - 3].map((n) => Math.min(Math.max(n, 1), most - 1));
    const free = within(top, bottom, innerHeight).some((y) => within(left, right, innerWidth).some((x) => {
        const hit = document.elementFromPoint(x, y);
        return hit && (box.contains(hit) || hit.contains(box) || label?.contains(hit));
    }));
    const outlined = (part) => part && [null, "::after"].some((of) => getComputedStyle(part, of).outlineStyle !== "none");
    // The parts of a date have rings of the browser's own, which a page cannot ask for.
    const shown = at.type === "date" || [at, label, at.parentElement, at.closest(":has(:focus-visible)")].some(outlined);
    return { name, group: words(at.closest("fieldset")?.querySelector("legend")), shown, free,
        html: at.outerHTML.slice(0, 160), chosen: at.selectedOptions?.[0]?.text ?? "" };
}"""


def begins(whole: str, start: str) -> bool:
    """Capitals may come from the style sheet."""
    return whole.casefold().startswith(start.casefold())


@dataclass
class Hands:
    page: Page
    language: str

    def say(self, words: str, context: str = "", **told: object) -> str:
        """What the site says for an English sentence of the catalogue."""
        with translation.override(self.language):
            said = translation.pgettext(context, words) if context else translation.gettext(words)
        return said % told if told else said

    def focus(self) -> dict[str, str]:
        at: dict[str, str] = self.page.evaluate(FOCUSED)
        return at

    def tab_to(self, name: str, group: str = "", key: str = "Tab") -> None:
        for _press in range(MOST_PRESSES):
            at = self.focus()
            assert at["shown"], f"The focus cannot be seen: {at['html']}"
            assert at["free"], f"The focus is covered: {at['html']}"
            if at["html"] and begins(at["name"], name) and begins(at["group"], group):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{name or group!r} is not reached by {key} on {self.page.url}")

    def press(self, words: str) -> None:
        """What changes the page that is open; by what the catalogue calls it."""
        self.tab_to(self.say(words))
        self.page.keyboard.press("Enter")

    def go(self, words: str) -> None:
        """A button or a link that leads to another page."""
        self.follow(self.say(words))

    def follow(self, name: str) -> None:
        """By a name that people gave."""
        self.tab_to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def confirm(self, words: str, yes: str) -> None:
        """What asks once more before it does it."""
        self.press(words)
        self.page.keyboard.press("Tab")
        self.go(yes)

    def write(self, words: str, text: str, context: str = "", group: str = "") -> None:
        self.fill(self.say(words, context), text, self.say(group) if group else "")

    def fill(self, name: str, text: str, group: str = "") -> None:
        self.tab_to(name, group)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def tick(self, words: str) -> None:
        self.tab_to(self.say(words))
        self.page.keyboard.press("Space")

    def choose(self, question: str, answer: str) -> None:
        """Among round buttons, where arrows go from one to the next."""
        self.tab_to("", self.say(question))
        self.tab_to(self.say(answer), self.say(question), key="ArrowDown")
        self.page.keyboard.press("Space")

    def pick(self, words: str, answer: str) -> None:
        """From a list, one line down at a time; not every letter has a key."""
        self.tab_to(self.say(words))
        self.page.keyboard.press("Home")
        for _press in range(MOST_PRESSES):
            if self.focus()["chosen"].startswith(answer):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{words!r} has no choice {answer!r}")

    def type_day(self, words: str, digits: str) -> None:
        self.tab_to(self.say(words))
        self.page.keyboard.type(digits)

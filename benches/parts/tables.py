"""Tables of ratios, with the goals that they are held against, and the part of benches/README.md that has them."""

BEGIN = "<!-- begin: written by benches/whole.py -->"
END = "<!-- end: written by benches/whole.py -->"


class Report:
    """Lines of Markdown, and how many of the figures that have a goal are over it."""

    def __init__(self):
        self.lines, self.held, self.over = [], 0, 0

    def say(self, *lines):
        for line in lines:
            print(line, flush=True)
            self.lines.append(line)

    def head(self, *columns):
        self.say("", f"| {' | '.join(columns)} |", "|---|" + "--:|" * (len(columns) - 1))

    def row(self, *cells):
        self.say(f"| {' | '.join(cells)} |")

    def ratio(self, value, base, goal=None):
        """How many times `base` a value is."""
        return self.figure(value / base, "{:.2f} x", goal) if value and base else "–"

    def figure(self, value, form, goal=None):
        """A figure; in bold letters where it is over its goal."""
        self.held += goal is not None
        if goal is None or value <= goal:
            return form.format(value)
        self.over += 1
        return f"**{form.format(value)}**"


def write_into(readme, lines):
    """Puts lines between the two marks of a file, in the place of what was there."""
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    readme.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + after, encoding="utf-8")

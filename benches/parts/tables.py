"""Tables of ratios, with the goals that they are held against, and the part of benches/README.md that has them."""

BEGIN = "<!-- begin: written by benches/whole.py -->"
END = "<!-- end: written by benches/whole.py -->"


class Report:
    """Lines of Markdown, and which goals were not met."""

    def __init__(self):
        self.lines, self.over = [], []

    def say(self, *lines):
        for line in lines:
            print(line, flush=True)
            self.lines.append(line)

    def head(self, *columns):
        self.say("", f"| {' | '.join(columns)} |", "|---|" + "--:|" * (len(columns) - 1))

    def row(self, *cells):
        self.say(f"| {' | '.join(cells)} |")

    def ratio(self, what, value, base, goal=None):
        """How many times `base` a value is; in bold letters where that is over the goal."""
        if not base or value is None:
            return "–"
        return self.held(what, value / base, goal, "{:.2f} x")

    def held(self, what, value, goal, form):
        told = form.format(value)
        if goal is not None and value > goal:
            self.over.append(f"{what}: {told}, goal {form.format(goal)}")
            return f"**{told}**"
        return told


def write_into(readme, lines):
    """Puts lines between the two marks of a file, in the place of what was there."""
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    readme.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + after, encoding="utf-8")

"""Tables of ratios with goals, for a part of benches/README.md."""

BEGIN = "<!-- begin: written by benches/whole.py -->"
END = "<!-- end: written by benches/whole.py -->"


class Report:
    """Lines of Markdown, and the number of figures over their goals."""

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
        """Returns a value as a multiple of `base`."""
        return self.figure(value / base, "{:.2f} x", goal) if value and base else "–"

    def figure(self, value, form, goal=None):
        """Returns a figure, in bold if it is over its goal."""
        self.held += goal is not None
        if goal is None or value <= goal:
            return form.format(value)
        self.over += 1
        return f"**{form.format(value)}**"


def write_into(readme, lines):
    """Replaces the lines between the two marks of a file."""
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    readme.write_text(before + BEGIN + "\n" + "\n".join(lines) + "\n" + END + after, encoding="utf-8")

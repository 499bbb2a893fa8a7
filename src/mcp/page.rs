//! Pages of an answer: each is an object like the answer, with as many of its units as the byte budget allows.

use super::cursor::Cursor;
use super::json::{Node, quoted};
use super::units::{Step, Unit, units, written};
use crate::failure::Failure;

/// Bytes of a result besides its text, and of the key `page`.
const RESERVED: usize = 640;

/// Keys of the answer that each page repeats.
const REPEATED: [&str; 3] = ["schema", "total", "total_entries"];

/// Returns the page of an answer at a cursor: all of the answer if it fits. `budget` counts the bytes of the result, in
/// which the page is a string; `warning` is added to the page; `next` has the call and the commit of the page.
pub fn page(
    answer: Node<'_>,
    from: Option<Cursor>,
    next: Cursor,
    warning: Option<&str>,
    budget: usize,
) -> Result<String, Failure> {
    let units = units(notes_first(answer));
    let first = from.map_or(0, |cursor| cursor.at);
    if from.is_some() && !(1..units.len()).contains(&first) {
        let hint = "call again without `cursor`";
        return Err(Failure::message("cursor", "the cursor is past the end of the answer", hint));
    }
    let is_changed = from.is_some_and(|cursor| cursor.commit != next.commit);
    let open = first.checked_sub(1).map_or(&[][..], |before| common(&units[before].path, &units[first].path));
    let continues = if open.is_empty() { String::new() } else { format!(",\"continues\":{}", written(open)) };
    let mut page = PageWriter::new(budget.saturating_sub(RESERVED + size(&continues)));
    for warning in warning.into_iter().chain(is_changed.then_some(CHANGED)) {
        page.add(&Unit { path: vec![Step::Key("warning".to_owned())], text: quoted(warning) });
    }
    units[..first].iter().filter(|unit| is_repeated(unit)).for_each(|unit| page.add(unit));
    // One unit at least, so that every answer comes to its end.
    let last = first + units[first..].iter().take_while(|unit| page.add_if_it_fits(unit)).count();
    if first == 0 && last == units.len() {
        return Ok(page.finish());
    }
    let mut about = format!("{{\"units\":\"{}-{} of {}\"{continues}", first + 1, last, units.len());
    if last < units.len() {
        about.push_str(&format!(",\"cursor\":\"{}\"", Cursor { at: last, ..next }));
    }
    about.push('}');
    page.close_to(0);
    page.add(&Unit { path: vec![Step::Key("page".to_owned())], text: about });
    Ok(page.finish())
}

/// The warning on a page of another commit than the one before.
const CHANGED: &str = "the index has changed since the page before: entries may be missing or repeated";

/// Moves the notes of an answer before its long lists, so that the first page has them.
fn notes_first(answer: Node<'_>) -> Node<'_> {
    match answer {
        Node::Object(mut entries) => {
            let is_head = |(key, _): &(String, Node<'_>)| matches!(key.as_str(), "schema" | "version");
            if let Some(at) = entries.iter().position(|(key, _)| key == "notes") {
                let notes = entries.remove(at);
                let head = entries.iter().take_while(|entry| is_head(entry)).count();
                entries.insert(head, notes);
            }
            Node::Object(entries)
        }
        other => other,
    }
}

fn is_repeated(unit: &Unit) -> bool {
    matches!(&unit.path[..], [Step::Key(key)] if REPEATED.contains(&key.as_str()))
}

/// Returns the common beginning of two paths.
fn common<'a>(a: &'a [Step], b: &[Step]) -> &'a [Step] {
    &a[..a.iter().zip(b).take_while(|(a, b)| a == b).count()]
}

/// A writer of one page.
struct PageWriter {
    out: String,
    /// The steps to the innermost open value.
    open: Vec<Step>,
    /// The closing brackets of the open values, and whether each is empty so far; first that of the answer.
    closers: Vec<(char, bool)>,
    /// The size of the text as a string in JSON.
    size: usize,
    budget: usize,
    /// True once the page has a unit that no page before it has.
    has_units: bool,
}

impl PageWriter {
    fn new(budget: usize) -> Self {
        Self { out: "{".to_owned(), open: Vec::new(), closers: vec![('}', true)], size: 1, budget, has_units: false }
    }

    /// Adds a unit if it fits, or if there is none yet; reports whether it did.
    fn add_if_it_fits(&mut self, unit: &Unit) -> bool {
        let (len, open, closers, size) = (self.out.len(), self.open.clone(), self.closers.clone(), self.size);
        self.add(unit);
        let closing: usize = self.closers.iter().map(|(closer, _)| closer_size(*closer)).sum();
        let fits = self.size + closing <= self.budget;
        if !fits && self.has_units {
            self.out.truncate(len);
            (self.open, self.closers, self.size) = (open, closers, size);
            return false;
        }
        self.has_units = true;
        true
    }

    fn add(&mut self, unit: &Unit) {
        let Some((last, containers)) = unit.path.split_last() else { return self.write(&unit.text) };
        self.close_to(common(&self.open, containers).len());
        for (at, step) in containers.iter().enumerate().skip(self.open.len()) {
            self.label(step);
            let (opener, closer) = match unit.path[at + 1] {
                Step::Key(_) => ('{', '}'),
                Step::Item(_) => ('[', ']'),
                Step::Piece(_) => ('"', '"'),
            };
            self.write(opener.encode_utf8(&mut [0; 4]));
            self.closers.push((closer, true));
            self.open.push(step.clone());
        }
        self.label(last);
        self.write(&unit.text);
    }

    /// Writes what comes before a value: a comma and its key.
    fn label(&mut self, step: &Step) {
        let is_first = self.closers.last_mut().is_none_or(|(_, is_empty)| std::mem::take(is_empty));
        if !is_first && !matches!(step, Step::Piece(_)) {
            self.write(",");
        }
        if let Step::Key(key) = step {
            self.write(&format!("{}:", quoted(key)));
        }
    }

    /// Closes values until a number of steps are open.
    fn close_to(&mut self, steps: usize) {
        while self.open.len() > steps {
            self.open.pop();
            if let Some((closer, _)) = self.closers.pop() {
                self.write(closer.encode_utf8(&mut [0; 4]));
            }
        }
    }

    fn write(&mut self, text: &str) {
        self.out.push_str(text);
        self.size += size(text);
    }

    fn finish(mut self) -> String {
        self.close_to(0);
        self.out + "}"
    }
}

fn closer_size(closer: char) -> usize {
    if closer == '"' { 2 } else { 1 }
}

/// Returns the size of a text within a string in JSON.
fn size(text: &str) -> usize {
    let byte = |byte: u8| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 8 | 12 => 2,
        0..0x20 => 6,
        _ => 1,
    };
    text.bytes().map(byte).sum()
}

#[cfg(test)]
mod tests;

//! Inline content of a block: visible text with the ranges of links, bold text and code.

use std::ops::Range;

/// Text of a block as shown, with `\n` for line breaks. Images are not part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inline {
    pub text: String,
    /// Links to web pages, in order, without overlap.
    pub links: Vec<Link>,
    pub bold: Vec<Range<usize>>,
    pub code: Vec<Range<usize>>,
    /// The code that has a tag of HTML, not backticks.
    pub tagged: Vec<Range<usize>>,
}

/// A link to a web page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Range of the linked text.
    pub range: Range<usize>,
    pub url: String,
    /// True if the text is the address itself.
    pub is_address: bool,
}

/// Reports whether a URL is that of a web page.
pub fn is_web(url: &str) -> bool {
    let has = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    has("https://") && url.len() > 8 || has("http://") && url.len() > 7
}

/// Collapses white space.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Returns the number of visible characters.
pub fn width(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

impl Inline {
    /// Adds a link; one without text is none.
    pub fn add_link(&mut self, range: Range<usize>, url: &str) {
        let text = &self.text[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        let end = range.start + text.trim_end().len();
        if start >= end || !is_web(url) {
            return;
        }
        let text = &self.text[start..end];
        // The text may be the address in a shorter form.
        let bare = |text: &str| text.trim_end_matches(['/', '…', '.']).trim_start_matches("www.").to_ascii_lowercase();
        let short = url.split_once("://").map_or(url, |(_, rest)| rest);
        let is_address = is_web(text) || !text.contains(char::is_whitespace) && bare(text) == bare(short);
        self.links.push(Link { range: start..end, url: url.to_owned(), is_address });
    }

    /// Adds the addresses that are written without a link.
    pub fn add_addresses(&mut self) {
        if !self.text.contains("://") {
            return;
        }
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(mark) = self.text[at..].find("://").map(|mark| at + mark) {
            let start = ["https", "http"].iter().find_map(|scheme| {
                let start = mark.checked_sub(scheme.len())?;
                let is_scheme = self.text.get(start..mark).is_some_and(|text| text.eq_ignore_ascii_case(scheme));
                let is_word = || self.text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
                (is_scheme && !(is_word() && self.text[..start].ends_with(|c: char| c.is_ascii()))).then_some(start)
            });
            // An address ends where a link begins, so that links never overlap.
            let next = self.links.partition_point(|link| link.range.end <= mark);
            let limit = self.links.get(next).map_or(self.text.len(), |link| link.range.start).max(mark + 3);
            let end = address_end(&self.text[..limit], mark + 3);
            at = end;
            match start {
                Some(start) if end > mark + 3 && !self.is_linked(start) && !contains(&self.code, start) => {
                    let url = self.text[start..end].to_owned();
                    found.push(Link { range: start..end, url, is_address: true });
                }
                _ => {}
            }
        }
        self.links.extend(found);
        self.links.sort_by_key(|link| link.range.start);
    }

    /// Removes the text up to an offset. A link or range that ends later begins at the start.
    pub fn remove_start(&mut self, end: usize) {
        self.text.replace_range(..end, "");
        let moved = |range: &mut Range<usize>| {
            *range = range.start.saturating_sub(end)..range.end.saturating_sub(end);
            range.start < range.end
        };
        self.links.retain_mut(|link| moved(&mut link.range));
        self.bold.retain_mut(moved);
        self.code.retain_mut(moved);
        self.tagged.retain_mut(moved);
    }

    /// Returns the ranges of the lines. A line break within a link does not end a line.
    pub fn lines(&self) -> Vec<Range<usize>> {
        let (mut lines, mut start) = (Vec::new(), 0);
        for (at, _) in self.text.match_indices('\n') {
            if !self.is_linked(at) {
                lines.push(start..at);
                start = at + 1;
            }
        }
        lines.push(start..self.text.len());
        lines
    }

    /// Returns the links within a range.
    pub fn links_in(&self, range: Range<usize>) -> impl Iterator<Item = &Link> {
        let first = self.links.partition_point(|link| link.range.start < range.start);
        self.links[first..].iter().take_while(move |link| link.range.end <= range.end)
    }

    /// Reports whether the text at an offset is that of a link.
    fn is_linked(&self, at: usize) -> bool {
        let after = self.links.partition_point(|link| link.range.start <= at);
        after > 0 && self.links[after - 1].range.contains(&at)
    }

    /// Reports whether the text at an offset is bold.
    pub fn is_bold(&self, at: usize) -> bool {
        contains(&self.bold, at)
    }

    /// Returns the linked text on one line.
    pub fn link_text(&self, link: &Link) -> String {
        folded(&self.text[link.range.clone()])
    }
}

/// Reports whether one of some sorted ranges contains an offset.
fn contains(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= at);
    after > 0 && ranges[after - 1].contains(&at)
}

/// Maximum length in bytes of an address whose brackets are counted.
const MAX_ADDRESS: usize = 4_096;

/// Returns the end of an address, without the punctuation of the sentence around it.
fn address_end(text: &str, start: usize) -> usize {
    let is_end = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '<' | '>' | '"' | '`' | '|' | '（' | '）' | '，' | '。' | '、' | '；' | '」' | '』' | '】' | '》'
            )
    };
    let mut end = text[start..].find(is_end).map_or(text.len(), |at| start + at);
    loop {
        let address = &text[start..end];
        if address.len() > MAX_ADDRESS {
            return end;
        }
        let Some(last) = address.chars().next_back() else { return end };
        let is_open = |open: char| address.matches(open).count() >= address.matches(last).count();
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '’' | '”' => {}
            ')' if !is_open('(') => {}
            ']' if !is_open('[') => {}
            _ => return end,
        }
        end -= last.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_addresses_are_links() {
        for (text, urls) in [
            ("x https://a.example/b. y", &["https://a.example/b"][..]),
            ("(https://a.example/b_(c))", &["https://a.example/b_(c)"]),
            ("来源：https://a.example/b。", &["https://a.example/b"]),
            ("来源https://a.example/b", &["https://a.example/b"]),
            ("xhttps://a.example ftp://a.example https:// http://", &[]),
            ("HTTP://A.example, https://b.example", &["HTTP://A.example", "https://b.example"]),
        ] {
            let mut inline = Inline { text: text.to_owned(), ..Inline::default() };
            inline.add_addresses();
            assert_eq!(inline.links.iter().map(|link| link.url.as_str()).collect::<Vec<_>>(), urls, "{text}");
            assert!(inline.links.iter().all(|link| link.is_address));
        }
    }

    #[test]
    fn an_address_ends_where_a_link_begins() {
        for (link, expected) in [(18..19, "[0..17, 18..19]"), (6..9, "[6..9]"), (0..6, "[0..6]")] {
            let mut inline = Inline { text: "https://a.example)B".to_owned(), ..Inline::default() };
            inline.add_link(link, "https://b.example");
            inline.add_addresses();
            let ranges: Vec<_> = inline.links.iter().map(|link| link.range.clone()).collect();
            assert_eq!(format!("{ranges:?}"), expected);
        }
    }

    #[test]
    fn text_of_a_link_may_be_its_address() {
        let link = |text: &str, url: &str| {
            let mut inline = Inline { text: text.to_owned(), ..Inline::default() };
            inline.add_link(0..text.len(), url);
            inline.links.first().map(|link| link.is_address)
        };
        assert_eq!(link("https://a.example/b", "https://a.example/b?c"), Some(true));
        assert_eq!(link("a.example/b", "https://www.a.example/b/"), Some(true));
        assert_eq!(link("A title", "https://a.example/b"), Some(false));
        assert_eq!(
            (link(" ", "https://a.example"), link("x", "/b"), link("x", "mailto:a@b.example")),
            (None, None, None)
        );
    }
}

//! Globs of files and headings, by the rules of `.gitignore`.

use std::fmt;

use globset::{GlobBuilder, GlobMatcher};

use crate::text::fold;

/// Globs, each with its number among the rules.
#[derive(Clone, Default)]
pub struct Globs(Vec<Glob>);

#[derive(Clone)]
struct Glob {
    matcher: GlobMatcher,
    /// True if it matches from the start of a path, not any part of it.
    is_anchored: bool,
    rule: usize,
}

impl Globs {
    /// Adds a glob. Of files, `*` does not match `/`, `**` does, and case counts.
    ///
    /// # Errors
    /// The text is no glob, or a negated one.
    pub fn add(&mut self, text: &str, has_case: bool, rule: usize) -> Result<(), String> {
        if text.starts_with('!') {
            return Err("a glob cannot be negated".to_owned());
        }
        let inner = text.trim_end_matches('/');
        let is_anchored = inner.contains('/');
        // Texts match in any case and form, and a slash in them separates nothing.
        let inner = inner.trim_start_matches('/');
        let inner = if has_case { inner.to_owned() } else { fold(inner) };
        let glob = GlobBuilder::new(&inner).literal_separator(has_case).build();
        let glob = glob.map_err(|error| error.kind().to_string())?;
        self.0.push(Glob { matcher: glob.compile_matcher(), is_anchored, rule });
        Ok(())
    }

    /// Reports whether there is no glob.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn texts(&self) -> impl Iterator<Item = (&str, bool)> {
        self.0.iter().map(|glob| (glob.matcher.glob().glob(), glob.is_anchored))
    }

    /// Returns the number of the first rule whose glob matches a path or one of its folders. A glob without `/` matches any
    /// part of a path.
    pub fn find(&self, path: &str) -> Option<usize> {
        let ends = || path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        let matches = |glob: &Glob| match glob.is_anchored {
            true => ends().any(|end| glob.matcher.is_match(&path[..end])),
            false => path.split('/').any(|part| glob.matcher.is_match(part)),
        };
        self.0.iter().find(|glob| matches(glob)).map(|glob| glob.rule)
    }

    /// Returns the number of the first rule whose glob matches a whole text.
    pub fn find_text(&self, text: &str) -> Option<usize> {
        let text = fold(text);
        self.0.iter().find(|glob| glob.matcher.is_match(&text)).map(|glob| glob.rule)
    }
}

impl PartialEq for Globs {
    fn eq(&self, other: &Self) -> bool {
        self.texts().eq(other.texts())
    }
}

impl Eq for Globs {}

impl fmt::Debug for Globs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.texts()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_as_in_gitignore() {
        for (glob, path, is_match) in [
            ("drafts", "a/drafts/b.md", true),
            ("drafts/", "drafts/b.md", true),
            ("/drafts", "drafts/b.md", true),
            ("/drafts", "a/drafts/b.md", false),
            ("*.md", "a/b.md", true),
            ("a/*.md", "a/b.md", true),
            ("a/*.md", "a/b/c.md", false),
            ("a/**", "a/b/c.md", true),
            ("a/b", "a/b/c.md", true),
            ("**/c.md", "a/b/c.md", true),
            ("{a,b}/*.md", "b/c.md", true),
            ("A/*.md", "a/b.md", false),
            ("b", "a/bb.md", false),
        ] {
            let mut globs = Globs::default();
            globs.add(glob, true, 3).expect(glob);
            assert_eq!(globs.find(path), is_match.then_some(3), "{glob} {path}");
        }
        assert!(Globs::default().add("[", true, 0).is_err() && Globs::default().add("!a", true, 0).is_err());
    }
}

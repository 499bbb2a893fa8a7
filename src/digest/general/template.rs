//! Tags of site generators in Markdown: `{{< figure >}}`, `{% include x %}`, `{: .class}`.

use std::borrow::Cow;

/// Tags by opening and closing text.
const TAGS: [(&str, &str); 3] = [("{{", "}}"), ("{%", "%}"), ("{:", "}")];

/// Maximum length of a tag in bytes; a longer one is text.
const MAX_TAG: usize = 2_000;

/// Replaces tags by spaces, so that all offsets stay.
pub fn blanked(text: &str) -> Cow<'_, str> {
    if memchr::memmem::find(text.as_bytes(), b"{{").is_none()
        && !["{%", "{:"].iter().any(|open| memchr::memmem::find(text.as_bytes(), open.as_bytes()).is_some())
    {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match tag_length(rest) {
            Some(length) => {
                out.extend(rest[..length].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
                rest = &rest[length..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    Cow::Owned(out + rest)
}

fn tag_length(text: &str) -> Option<usize> {
    let (open, close) = TAGS.iter().find(|(open, _)| text.starts_with(open))?;
    let end = memchr::memmem::find(&text.as_bytes()[..text.len().min(MAX_TAG)], close.as_bytes())?;
    (end >= open.len()).then_some(end + close.len())
}

#[cfg(test)]
mod tests {
    use super::blanked;

    #[test]
    fn tags_become_spaces() {
        for (text, shown) in [
            ("a {{< card link=\"é\" >}} b", "a                        b"),
            ("{% include x %}\n{{ page.title }}y", "               \n                y"),
            ("# T\n{: .lead}\n", "# T\n         \n"),
            ("{{ never closed", "{{ never closed"),
            ("{a} {", "{a} {"),
            ("{{<\n>}}", "   \n   "),
        ] {
            assert_eq!(blanked(text), shown);
        }
    }
}

//! Help on the query language: examples with words of the index, each a link to its search.

use std::sync::{Mutex, PoisonError};

use maud::{Markup, html};

use super::Address;
use crate::ask;
use crate::backend::Catalog;
use crate::planning::Reader;
use crate::query::{Collapse, SearchRequest, Sort};
use crate::render::shown;

/// The number of newest entries whose words are tried.
const NEWEST: usize = 20;

/// The least length of an example's words, which leaves out most function words.
const LENGTH: usize = 5;

/// Three words: two that follow one another in an entry, and another.
type Words = [String; 3];

/// The words of the commit that was asked for last, by its fingerprint: every page has the help, but few commits follow one
/// another.
static LAST: Mutex<Option<(u64, Words)>> = Mutex::new(None);

/// Renders the help, folded. Its links leave filters out, so that each finds something.
pub fn help(here: &Address, reader: &Reader) -> Markup {
    html! {
        details.help {
            summary { "Query language" }
            div.wide {
                table.texts.few {
                    thead { tr { th scope="col" { "Search for" } th scope="col" { "Entries with" } } }
                    tbody {
                        @for (query, meaning) in examples(&words(reader), reader.catalog()) {
                            tr {
                                th scope="row" { a href=(here.plain("/").with("q", &query)) { code { bdi { (shown(&query)) } } } }
                                td { (meaning) }
                            }
                        }
                    }
                }
            }
            p.aside { "Words are found in all their forms. A hyphen, slash or dot inside a word changes nothing." }
        }
    }
}

fn examples([a, b, c]: &Words, catalog: &Catalog) -> Vec<(String, &'static str)> {
    let beginning: String = b.chars().take(LENGTH - 1).collect();
    let mut examples = vec![
        (format!("{a} {b}"), "both words"),
        (format!("\"{a} {b}\""), "these words in this order"),
        (format!("\"{b} {a}\"~3"), "these words near each other"),
        (format!("{a} OR {c}"), "one of the words, or both"),
        (format!("{b} -{c}"), "the first word and not the second"),
        (format!("{beginning}*"), "a word that begins so"),
        (format!("{b}~1"), "the word, or one that differs in a letter"),
        (format!("({a} OR {c}) {b}"), "the last word and one of the others"),
    ];
    if let Some(topic) = catalog.topics.keys().next() {
        examples.push((format!("{a} OR topic:\"{topic}\""), "the word, or that topic; so with all fields"));
    }
    if let Some(day) = catalog.topics.values().map(|topic| topic.last).max() {
        examples.push((format!("date:..{}", day.format("%Y-%m")), "a date up to the end of that month"));
    }
    examples
}

/// Returns words of one of the newest entries, searched once a commit; others if these have none.
fn words(reader: &Reader) -> Words {
    let commit = reader.fingerprint();
    let last = || LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, words)) = last().as_ref().filter(|(of, _)| *of == commit) {
        return words.clone();
    }
    let others = || ["trade", "talks", "tariff"].map(str::to_owned);
    let newest = SearchRequest {
        sort: Sort::Newest,
        limit: Some(NEWEST),
        collapse: Collapse::Counted,
        ..SearchRequest::default()
    };
    // The page has a form even if this search fails.
    let Ok(answer) = ask::query(newest, reader) else { return others() };
    let words = answer.response.hits.iter().find_map(|hit| words_of(&hit.entry.text)).unwrap_or_else(others);
    *last() = Some((commit, words.clone()));
    words
}

fn words_of(text: &str) -> Option<Words> {
    let is_long = |word: &str| word.chars().count() >= LENGTH && word.chars().all(char::is_alphabetic);
    let words: Vec<&str> = text.split(' ').collect();
    let at = words.windows(2).position(|pair| pair.iter().all(|word| is_long(word)))?;
    let (a, b) = (words[at].to_lowercase(), words[at + 1].to_lowercase());
    let mut rest = words.iter().filter(|word| is_long(word)).map(|word| word.to_lowercase());
    let c = rest.rfind(|word| *word != a && *word != b)?;
    (a != b).then_some([a, b, c])
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn words_are_long_and_differ() {
        let words = |text: &str| words_of(text).map(|words| words.join(" "));
        assert_eq!(words("The EU delays steel Tariff talks, says minister"), Some("delays steel minister".to_owned()));
        assert_eq!(words("steel steel prices"), None);
        assert_eq!(words("two words"), None);
        assert_eq!(words("中国对日本稀土出口"), None);
        assert_eq!(words(""), None);
    }
}

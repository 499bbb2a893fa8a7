//! Lists of people: items whose links name an account, such as `[jane](https://forge.example/jane)`.

use super::block::{Block, Kind};
use super::title::{Candidate, Form};

/// Least number of such items in a row that are a list of people. A single one may be a project.
const LEAST: usize = 3;

/// Removes the candidates that are a list of people.
pub fn without_accounts(blocks: &[Block], candidates: Vec<Candidate>) -> Vec<Candidate> {
    let is_next = |a: &Candidate, b: &Candidate| {
        is_account(blocks, a)
            && is_account(blocks, b)
            && b.block == a.block + 1
            && blocks[a.block].depth == blocks[b.block].depth
    };
    let is_list = |run: &&[Candidate]| run.len() >= LEAST;
    let people: Vec<usize> =
        candidates.chunk_by(is_next).filter(is_list).flatten().map(|candidate| candidate.block).collect();
    match people.is_empty() {
        true => candidates,
        false => candidates.into_iter().filter(|c| people.binary_search(&c.block).is_err()).collect(),
    }
}

/// Reports whether a candidate is an item with nothing but a link whose text is the only part of the path.
fn is_account(blocks: &[Block], candidate: &Candidate) -> bool {
    let Block { kind: Kind::Item, inline, .. } = &blocks[candidate.block] else { return false };
    let Form::Linked(link) = &candidate.form else { return false };
    let link = &inline.links[*link];
    let Some((_, rest)) = link.url.split_once("://") else { return false };
    let Some((_, path)) = rest.trim_end_matches('/').split_once('/') else { return false };
    let text = inline.text.trim();
    let name = text.trim_start_matches('@');
    text == inline.text[link.range.clone()].trim() && path.trim_start_matches('@').eq_ignore_ascii_case(name)
}

#[cfg(test)]
mod tests {
    use crate::digest::general::tests::digest;

    #[test]
    fn people_in_a_row_are_no_titles() {
        let item = |name: &str| format!("- [{name}](https://forge.example/{name})\n");
        let titles = |names: &[&str]| {
            let text: String = names.iter().map(|name| item(name)).collect();
            digest(&format!("{text}- [A title](https://a.example/1)\n")).titles.len()
        };
        assert_eq!((titles(&["jane", "@joe", "Kim"]), titles(&["jane", "joe"])), (1, 3));
    }
}

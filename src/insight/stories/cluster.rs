//! Groups titles into stories, in one pass through time: each joins the story it is most like, or begins one.

use chrono::NaiveDate;

use super::similarity::{Centre, Similarity};

/// A story that had no title for more than so many days is over.
pub const OPEN_DAYS: i64 = 3;

/// A title must be so like a story to join it, and likeness wanes by so much a day, in millionths: whole numbers, so that
/// ties and the threshold do not hang on the last bit. Both were chosen on pairs of titles judged by reading them.
const THRESHOLD: i64 = 340_000;
const WANES: f64 = 30_000.0;

/// A title as far as it matters here: its day and its wording, a place among those of the similarity.
pub type Told = (NaiveDate, usize);

/// Titles of one event.
pub struct Group {
    /// Their places, in order.
    pub titles: Vec<usize>,
    pub centre: Centre,
    last: NaiveDate,
}

/// The stories that titles in order make, in the order of their first titles.
pub fn cluster(titles: &[Told], similarity: &Similarity) -> Vec<Group> {
    let mut stories: Vec<Group> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (place, title) in titles.iter().enumerate() {
        open.retain(|story| days(stories[*story].last, title.0) <= OPEN_DAYS);
        let scored = open.iter().map(|story| (likeness(*title, &stories[*story], similarity), *story));
        // The older of two that it is as like.
        let best = scored.rev().max_by_key(|(score, _)| *score);
        let story = match best {
            Some((score, story)) if score >= THRESHOLD => story,
            _ => {
                stories.push(Group { titles: Vec::new(), centre: Centre::default(), last: title.0 });
                open.push(stories.len() - 1);
                stories.len() - 1
            }
        };
        let story = &mut stories[story];
        similarity.add(title.1, &mut story.centre);
        story.titles.push(place);
        story.last = title.0;
    }
    stories
}

/// How like a title is to a story by now, in millionths.
fn likeness((day, wording): Told, story: &Group, similarity: &Similarity) -> i64 {
    let waned = days(story.last, day) as f64 * WANES;
    (similarity.of(wording, &story.centre) * 1e6 - waned + 0.5).floor() as i64
}

fn days(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::insight::stories::passing::passing_stems;
    use crate::text::{Language, streams};

    /// The titles of January with their words as numbers in the order of the words.
    fn told(titles: &[(u32, &str)]) -> (Vec<Told>, Vec<Vec<u32>>) {
        let passing = passing_stems(Language::English);
        let words = |text: &str| -> Vec<String> {
            let stems = streams(text, Language::English).stem.into_iter().map(|token| token.term);
            stems.filter(|stem| !passing.contains(stem)).collect()
        };
        let exact = |text: &str| {
            let words = streams(text, Language::English).exact;
            words.into_iter().map(|token| token.term).collect::<Vec<_>>().join(" ")
        };
        let known: BTreeSet<String> = titles.iter().flat_map(|(_, text)| words(text)).collect();
        let wordings: BTreeSet<String> = titles.iter().map(|(_, text)| exact(text)).collect();
        let code = |word: &String| known.iter().take_while(|other| *other < word).count() as u32;
        let of_wording = wordings.iter().map(|wording| {
            let codes: BTreeSet<u32> = words(wording).iter().map(code).collect();
            codes.into_iter().collect()
        });
        let day = |day| NaiveDate::from_ymd_opt(2026, 1, day).unwrap_or_default();
        let place = |text: &str| wordings.iter().position(|wording| *wording == exact(text)).unwrap_or_default();
        (titles.iter().map(|(on, text)| (day(*on), place(text))).collect(), of_wording.collect())
    }

    /// Worked out by a program in another language.
    #[test]
    fn titles_join_what_they_are_most_like() {
        let titles = [
            (1, "Grain exports halted as port strike begins", &[][..], 0),
            (1, "Port workers’ strike halts grain exports", &[631_004], 0),
            (1, "Volcano erupts near island capital", &[0], 1),
            (2, "Island volcano: capital evacuated", &[-30_000, 557_276], 1),
            (3, "Port's strike ends; grain export to resume", &[400_002, -30_000], 0),
            (3, "Port strike ends; grain exports to resume", &[752_228, -30_000], 0),
            (7, "Strike at the port ended, grain ships sail", &[], 2),
        ];
        let (told, wordings) = told(&titles.map(|(day, text, ..)| (day, text)));
        let similarity = Similarity::new(&wordings);
        assert_eq!(wordings.len(), 7);
        for (at, (_, text, scores, joins)) in titles.into_iter().enumerate() {
            let before = cluster(&told[..at], &similarity);
            let open = before.iter().filter(|story| days(story.last, told[at].0) <= OPEN_DAYS);
            let got: Vec<i64> = open.map(|story| likeness(told[at], story, &similarity)).collect();
            assert_eq!(got, scores, "{text}");
            let stories = cluster(&told[..=at], &similarity);
            assert!(stories[joins].titles.contains(&at), "{text}");
        }
    }

    #[test]
    fn the_same_words_are_the_same_story_whatever_they_weigh() {
        let (told, wordings) = told(&[(1, "The"), (2, "THE!"), (3, "Of"), (3, "the")]);
        let stories = cluster(&told, &Similarity::new(&wordings));
        let titles: Vec<Vec<usize>> = stories.into_iter().map(|story| story.titles).collect();
        assert_eq!(titles, [vec![0, 1, 3], vec![2]]);
    }
}

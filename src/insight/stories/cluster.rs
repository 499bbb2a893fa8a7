//! Groups titles into stories, by average linkage of their words within a few days.
//!
//! Titles are grouped by their days, words and sources, never by the order in which they were read. Titles in the same words
//! count once, so that copies of one agency's text do not outvote others. A standing title, such as that of a column, is
//! no story.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::linkage::average_linkage;
use super::neighbours::{Run, WINDOW_DAYS, alike};
use super::similarity::Similarity;

/// The least average likeness at which titles are of one story, in millionths; chosen on pairs of titles judged by
/// reading them.
pub const CUT: u64 = 120_000;

/// The same where stories are only counted. It is lower, since a story in two parts counts twice, which makes differences
/// of chance look like findings; two stories in one only hide some.
pub const COUNTED_CUT: u64 = 80_000;

/// A title as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    pub day: NaiveDate,
    /// Its place among the wordings of the similarity.
    pub wording: usize,
    /// Its source, as a code.
    pub source: Option<u32>,
    /// Whether the wording is that of a standing title.
    pub is_standing: bool,
}

/// Returns the stories of titles in order whose average likeness reaches a cut, each as places of titles in order, ordered by their first titles.
pub fn cluster(titles: &[Dated], similarity: &Similarity, cut: u64) -> Vec<Vec<usize>> {
    let (standing, others): (Vec<usize>, Vec<usize>) = (0..titles.len()).partition(|title| titles[*title].is_standing);
    let runs = runs(&others, titles);
    let sources: Vec<Option<u32>> = runs.iter().map(|run| run.source).collect();
    let stories = average_linkage(&sources, &alike(&runs, similarity), cut).into_iter();
    let stories = stories.map(|story| story.into_iter().flat_map(|run| runs[run].titles.iter().copied()).collect());
    let mut stories: Vec<Vec<usize>> = stories.chain(standing.into_iter().map(|title| vec![title])).collect();
    stories.iter_mut().for_each(|story| story.sort_unstable());
    stories.sort_unstable();
    stories
}

/// The runs of titles with one wording, in order of their first titles.
fn runs(places: &[usize], titles: &[Dated]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut latest: BTreeMap<usize, usize> = BTreeMap::new();
    for place in places {
        let Dated { day, wording, source, .. } = titles[*place];
        let day = day.num_days_from_ce();
        match latest.get(&wording) {
            Some(run) if day - runs[*run].last <= WINDOW_DAYS => {
                let run = &mut runs[*run];
                run.last = day;
                run.source = run.source.filter(|of| Some(*of) == source);
                run.titles.push(*place);
            }
            _ => {
                latest.insert(wording, runs.len());
                runs.push(Run { wording, first: day, last: day, titles: vec![*place], source });
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::text::{Language, streams};

    /// The stories of titles of January, by their words.
    fn stories(titles: &[(u32, &str)], standing: &str) -> Vec<Vec<usize>> {
        let words = |text: &str| -> BTreeSet<String> {
            streams(text, Language::English).stem.into_iter().map(|token| token.term).collect()
        };
        let known: Vec<String> =
            titles.iter().flat_map(|(_, text)| words(text)).collect::<BTreeSet<_>>().into_iter().collect();
        let wordings: Vec<BTreeSet<String>> =
            titles.iter().map(|(_, text)| words(text)).collect::<BTreeSet<_>>().into_iter().collect();
        let code = |word: &String| known.binary_search(word).unwrap_or_default() as u32;
        let similarity =
            Similarity::new(&wordings.iter().map(|words| words.iter().map(code).collect()).collect::<Vec<_>>());
        let dated = titles.iter().zip(0..).map(|((day, text), source)| Dated {
            day: NaiveDate::from_ymd_opt(2026, 1, *day).unwrap_or_default(),
            wording: wordings.binary_search(&words(text)).unwrap_or_default(),
            source: Some(source),
            is_standing: *text == standing,
        });
        cluster(&dated.collect::<Vec<_>>(), &similarity, CUT)
    }

    #[test]
    fn titles_within_three_days_are_one_story_and_standing_titles_none() {
        let titles = [
            (1, "Port strike begins, grain exports halted"),
            (1, "Today in pictures"),
            (1, "Volcano erupts near island capital"),
            (1, "Port workers’ strike halts grain exports"),
            (2, "Island volcano: capital evacuated"),
            (2, "Today in pictures"),
            (3, "Port's strike ends; grain export to resume"),
            (7, "Strike at the port ended, grain exports resume"),
        ];
        assert_eq!(stories(&titles, ""), [vec![0, 3, 6], vec![1, 5], vec![2, 4], vec![7]]);
        assert_eq!(stories(&titles, "Today in pictures"), [vec![0, 3, 6], vec![1], vec![2, 4], vec![5], vec![7]]);
    }

    #[test]
    fn the_same_words_are_the_same_story_whatever_they_weigh_and_count_once() {
        let titles = [(1, "The"), (2, "THE!"), (3, "Of"), (3, "the"), (7, "the")];
        assert_eq!(stories(&titles, ""), [vec![0, 1, 3], vec![2], vec![4]]);
        // However many have the words of a title, another joins by its own likeness to them.
        let loose = "Quarterly figures of a shipyard published in spring";
        let titles =
            [(1, "Strike halts exports of grain"), (1, "Grain prices rise again as harvest disappoints"), (2, loose)];
        let copies: Vec<_> = titles.iter().copied().chain([titles[0]; 6]).collect();
        assert_eq!(stories(&titles, "").len(), stories(&copies, "").len());
    }
}

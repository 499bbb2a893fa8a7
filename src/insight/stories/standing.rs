//! Standing titles: those of columns, front pages and tickers, which come back in the same words whatever happens.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

/// A wording is standing if it was published on so many days …
const MIN_DAYS: usize = 3;

/// … and still so many days after the first of them.
const MIN_SPAN_DAYS: i64 = 14;

/// Returns whether each wording is that of a standing title. Titles are given by day and wording; wordings that differ in
/// numbers alone, such as dates, count as one.
pub fn standing(
    titles: impl Iterator<Item = (NaiveDate, usize)>,
    wordings: &[Vec<u32>],
    is_number: impl Fn(u32) -> bool,
) -> Vec<bool> {
    let without_numbers =
        |wording: &Vec<u32>| -> Vec<u32> { wording.iter().copied().filter(|word| !is_number(*word)).collect() };
    let forms: Vec<Vec<u32>> = wordings.iter().map(without_numbers).collect();
    let mut days: BTreeMap<&[u32], BTreeSet<NaiveDate>> = BTreeMap::new();
    for (day, wording) in titles {
        days.entry(&forms[wording]).or_default().insert(day);
    }
    let is_standing = |days: &BTreeSet<NaiveDate>| match (days.first(), days.last()) {
        (Some(first), Some(last)) => days.len() >= MIN_DAYS && (*last - *first).num_days() > MIN_SPAN_DAYS,
        _ => false,
    };
    forms.iter().map(|form| days.get(&form[..]).is_some_and(is_standing)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_stands_if_it_comes_back_for_weeks() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 1, day).unwrap_or_default();
        // Word 9 is a number: `Front page 1`, `Front page`, and three others.
        let wordings = [vec![1, 2, 9], vec![1, 2], vec![3], vec![4], vec![5]];
        let titles = [(1, 0), (9, 1), (16, 0), (1, 2), (16, 2), (1, 3), (2, 3), (15, 3), (1, 4), (2, 4), (16, 4)];
        let titles = titles.into_iter().map(|(on, wording)| (day(on), wording));
        assert_eq!(standing(titles, &wordings, |word| word == 9), [true, true, false, false, true]);
    }
}

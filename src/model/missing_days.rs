//! Days on which a digest is missing.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

/// Returns the days from the first digest of a topic to `until` on which its next one was due: the day after a digest if the
/// topic has one a day, seven days after it if they are weekly.
pub fn missing_days(digests: &BTreeSet<NaiveDate>, until: NaiveDate) -> Vec<NaiveDate> {
    let usual = usual_distance(digests);
    let next = digests.iter().skip(1).copied().map(Some).chain([None]);
    let after = |(day, next): (&NaiveDate, Option<NaiveDate>)| {
        let due = std::iter::successors(Some(*day), |day| day.checked_add_days(Days::new(usual))).skip(1);
        // A digest that is late is not missing.
        let is_missing = |day: &NaiveDate| match next {
            Some(next) => day.checked_add_days(Days::new(usual)).is_some_and(|due| due <= next),
            None => *day <= until,
        };
        due.take_while(is_missing).collect::<Vec<_>>()
    };
    digests.iter().zip(next).flat_map(after).collect()
}

/// Number of distances that show how often a topic has digests.
const SHOWN: usize = 3;

/// Returns the usual distance in days between the digests of a topic: the median one if three quarters of all differ from it by
/// a day at most, else 1.
fn usual_distance(digests: &BTreeSet<NaiveDate>) -> u64 {
    let distances = digests.iter().zip(digests.iter().skip(1)).map(|(before, after)| (*after - *before).num_days());
    let mut distances: Vec<i64> = distances.collect();
    distances.sort_unstable();
    let median = distances.get(distances.len().saturating_sub(1) / 2).copied().unwrap_or(1);
    let regular = distances.iter().filter(|distance| (**distance - median).abs() <= 1).count();
    let is_regular = distances.len() >= SHOWN && regular * 4 >= distances.len() * 3;
    if is_regular { u64::try_from(median).unwrap_or(1).max(1) } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_missing_where_one_is_due() {
        let day = |day: &u32| NaiveDate::from_yo_opt(2026, *day).expect("a day");
        for (digests, until, expect) in [
            (&[1, 2, 4, 5, 9][..], 9, &[3, 6, 7, 8][..]),
            (&[1, 2, 4, 5], 7, &[3, 6, 7]),
            (&[1, 8, 15, 22, 30, 37], 40, &[]),
            (&[1, 8, 22, 29, 36], 50, &[15, 43, 50]),
            (&[1, 2, 6, 8], 8, &[3, 4, 5, 7]),
            (&[1, 8, 9], 9, &[2, 3, 4, 5, 6, 7]),
            (&[5], 6, &[6]),
            (&[5], 5, &[]),
            (&[], 5, &[]),
        ] {
            let missing = missing_days(&digests.iter().map(day).collect(), day(&until));
            assert_eq!(missing, expect.iter().map(day).collect::<Vec<_>>(), "{digests:?} until {until}");
        }
    }
}

//! Evidence from dates: the writer lists the articles of each perspective newest first.

use chrono::NaiveDate;

use super::order::possible_orders;

/// Minimum number of falling dates. Fewer may be chance.
const MIN_FALLS: usize = 3;

/// Returns an order that fits the dates better: with the counts of two perspectives exchanged, the dates of each never
/// rise, while they do in the given order. None without such an order, as in a list not sorted by date.
pub fn other_order(days: &[Option<NaiveDate>], counts: &[usize], order: &[usize]) -> Option<Vec<usize>> {
    if rises_and_falls(days, order, counts.len()).0 == 0 {
        return None;
    }
    let perspectives = Vec::from_iter(0..counts.len());
    let pairs = perspectives.iter().flat_map(|&a| perspectives[..a].iter().map(move |&b| (a, b)));
    let exchanged = pairs.filter(|(a, b)| counts[*a] != counts[*b]).flat_map(|(a, b)| {
        let mut counts = counts.to_vec();
        counts.swap(a, b);
        possible_orders(&counts, &perspectives, counts.len())
    });
    let fits = |order: &Vec<usize>| {
        let (rises, falls) = rises_and_falls(days, order, counts.len());
        rises == 0 && falls >= MIN_FALLS
    };
    exchanged.into_iter().find(fits)
}

/// Returns how often a date is after, and before, the previous one of the same perspective.
fn rises_and_falls(days: &[Option<NaiveDate>], order: &[usize], perspectives: usize) -> (usize, usize) {
    let mut last = vec![None; perspectives];
    let (mut rises, mut falls) = (0, 0);
    for (day, perspective) in days.iter().zip(order) {
        let Some(day) = day else { continue };
        if let Some(last) = last[*perspective].replace(*day) {
            rises += usize::from(*day > last);
            falls += usize::from(*day < last);
        }
    }
    (rises, falls)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(days: &[u32], counts: &[usize], expect: Option<&[usize]>) {
        let day = |day: &u32| NaiveDate::from_ymd_opt(2026, 1, *day).filter(|_| *day > 0);
        let published: Vec<_> = days.iter().map(day).collect();
        let order = &possible_orders(counts, &Vec::from_iter(0..counts.len()), counts.len())[0];
        assert_eq!(other_order(&published, counts, order).as_deref(), expect, "{days:?} {counts:?}");
    }

    #[test]
    fn exchanged_counts_are_detected_by_dates() {
        check(&[7, 6, 5, 7, 6], &[3, 2], None);
        check(&[7, 6, 5, 7, 6], &[2, 3], Some(&[0, 0, 0, 1, 1]));
        check(&[7, 0, 5, 4, 7, 6], &[2, 4], Some(&[0, 0, 0, 0, 1, 1]));
        check(&[9, 8, 7, 9, 8, 9], &[1, 2, 3], Some(&[0, 0, 0, 1, 1, 2]));
        // Unsorted or too few dates are no evidence.
        check(&[5, 7, 6, 7, 6, 7], &[2, 4], None);
        check(&[6, 7, 6], &[2, 1], None);
        check(&[7, 7, 7, 7, 7], &[2, 3], None);
        check(&[7, 6, 5, 4, 3], &[2, 3], None);
    }
}

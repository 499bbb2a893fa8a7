//! Order in which the writer lists sources.

/// Maximum number of articles that the writer requests: 10 until 2025-10-15, 20 since. Other writers may still use 10.
const MAXIMA: [usize; 2] = [10, 20];

/// Returns the possible orders of the source list, each as the perspective of every line, given the number of lines of
/// each perspective. `perspectives` is the order in which the writer takes them; `all` is the number that share the
/// maximum.
///
/// With P perspectives the writer lists up to `floor(maximum / P)` lines of each, then the remaining ones in turn, one
/// of each. A list longer than all known maxima is taken as full, with its length as maximum.
pub fn possible_orders(counts: &[usize], perspectives: &[usize], all: usize) -> Vec<Vec<usize>> {
    let lines: usize = counts.iter().sum();
    let fitting = MAXIMA.into_iter().filter(|max| *max >= lines);
    let maxima = if lines > MAXIMA[1] { vec![lines] } else { fitting.collect() };
    let mut orders: Vec<_> =
        maxima.into_iter().map(|max| build_order(counts, perspectives, max / all.max(1))).collect();
    orders.dedup();
    orders
}

/// Returns up to `first` lines of each perspective, then the remaining ones in turn.
fn build_order(counts: &[usize], perspectives: &[usize], first: usize) -> Vec<usize> {
    let mut order = Vec::with_capacity(counts.iter().sum());
    for &perspective in perspectives {
        order.extend(std::iter::repeat_n(perspective, counts[perspective].min(first)));
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    for round in first..most {
        order.extend(perspectives.iter().copied().filter(|&perspective| counts[perspective] > round));
    }
    order
}

/// Returns the numbers of the lines if they do not fit the order. Consecutive numbers, `1.` on every line, and a new
/// list for each perspective fit.
pub fn contradictory_numbers<'a>(numbers: &'a [Option<u32>], order: &[usize]) -> Option<&'a [Option<u32>]> {
    let given =
        || numbers.iter().enumerate().filter_map(|(at, number)| number.map(|number| (at as i64, i64::from(number))));
    let mut steps = given().map(|(at, number)| number - at);
    let is_in_row = steps.next().is_none_or(|first| steps.all(|step| step == first));
    if is_in_row || given().all(|(_, number)| number == 1) {
        return None;
    }
    let mut next = 1;
    let in_parts = numbers.iter().enumerate().all(|(at, number)| {
        let begins = at == 0 || order[at] != order[at - 1];
        next = if begins { 2 } else { next + 1 };
        number.is_none_or(|number| number + 1 == next)
    });
    (!in_parts).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders(counts: &[usize]) -> Vec<String> {
        let perspectives = Vec::from_iter(0..counts.len());
        let orders = possible_orders(counts, &perspectives, counts.len());
        orders
            .iter()
            .map(|order| order.iter().map(|&perspective| char::from(b'a' + perspective as u8)).collect())
            .collect()
    }

    #[test]
    fn lines_are_in_the_writers_order() {
        assert_eq!(orders(&[10, 10]), ["aaaaaaaaaabbbbbbbbbb"]);
        assert_eq!(orders(&[12, 8]), ["aaaaaaaaaabbbbbbbbaa"]);
        assert_eq!(orders(&[3, 2]), ["aaabb"]);
        assert_eq!(orders(&[0, 20]), ["bbbbbbbbbbbbbbbbbbbb"]);
        assert_eq!(orders(&[9, 7, 5]), ["aaaaaaabbbbbbbcccccaa"]);
        assert_eq!(orders(&[9, 9, 2]), ["aaaaaabbbbbbccababab"]);
        assert_eq!(orders(&[]), [""]);
    }

    #[test]
    fn short_lists_with_different_counts_have_two_orders() {
        assert_eq!(orders(&[7, 3]), ["aaaaabbbaa", "aaaaaaabbb"]);
        assert_eq!(orders(&[3, 7]), ["aaabbbbbbb"]);
        assert_eq!(orders(&[4, 1, 1]), ["aaabca", "aaaabc"]);
        assert_eq!(orders(&[5, 5]), ["aaaaabbbbb"]);
        assert_eq!(possible_orders(&[7, 0, 3], &[0, 2], 2)[0], [0, 0, 0, 0, 0, 2, 2, 2, 0, 0]);
    }

    #[test]
    fn numbers_are_compared_with_the_order() {
        let wrong = |numbers: &[u32], order: &[usize]| {
            let numbers: Vec<_> = numbers.iter().map(|&n| Some(n).filter(|n| *n > 0)).collect();
            contradictory_numbers(&numbers, order).is_some()
        };
        for right in [[1, 2, 3, 4], [5, 6, 7, 8], [1, 1, 1, 1], [1, 2, 1, 2], [0, 0, 0, 0], [1, 0, 0, 4], [1, 2, 0, 2]]
        {
            assert!(!wrong(&right, &[0, 0, 1, 1]), "{right:?}");
        }
        for bad in [[1, 2, 4, 3], [1, 2, 3, 5], [1, 2, 3, 1], [4, 3, 2, 1], [1, 1, 2, 3], [2, 2, 2, 2]] {
            assert!(wrong(&bad, &[0, 0, 1, 1]), "{bad:?}");
        }
    }
}

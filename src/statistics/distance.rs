//! The distance of two distributions of words.

/// The Jensen–Shannon distance (Lin 1991, IEEE Transactions on Information Theory 37(1); the root of the divergence, base
/// 2, is a metric: Endres and Schindelin 2003), from 0 for the same shares of words to 1 for no word in common. Takes
/// how often each word is used on either side; none where a side has no words.
pub fn jensen_shannon(words: impl Iterator<Item = (f64, f64)> + Clone) -> Option<f64> {
    let (here, there) = words.clone().fold((0.0, 0.0), |all, word| (all.0 + word.0, all.1 + word.1));
    if here == 0.0 || there == 0.0 {
        return None;
    }
    let part = |share: f64, mean: f64| if share > 0.0 { share * (share / mean).log2() } else { 0.0 };
    let divergence: f64 = words
        .map(|(a, b)| {
            let (p, q) = (a / here, b / there);
            let mean = f64::midpoint(p, q);
            part(p, mean) + part(q, mean)
        })
        .sum();
    Some((divergence / 2.0).clamp(0.0, 1.0).sqrt())
}

//! The normal distribution.

/// Returns the probability of more than so many standard deviations above the mean.
pub fn normal(t: f64) -> f64 {
    libm::erfc(t / std::f64::consts::SQRT_2) / 2.0
}

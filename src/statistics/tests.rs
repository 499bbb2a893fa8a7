//! Against numbers worked out by other means: `tests/reference/statistics.py`.

use serde_json::Value;

use super::*;

fn cases(name: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../../tests/reference/statistics.json")).expect("JSON");
    let cases = all[name].as_array().expect(name).clone();
    assert!(cases.len() >= 6, "{name}");
    cases
}

fn floats(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|x| x.as_f64().expect("a number")).collect()
}

fn counts(value: &Value) -> Vec<usize> {
    value.as_array().expect("a list").iter().map(|x| x.as_u64().expect("a count") as usize).collect()
}

fn close(got: Option<f64>, expected: &Value, case: &Value) {
    let near = |got: f64, expected: f64| (got - expected).abs() <= 1e-7 * expected.abs().max(1.0);
    let is_close = match (got, expected.as_f64()) {
        (Some(got), Some(expected)) => near(got, expected),
        (got, expected) => got.is_none() && expected.is_none(),
    };
    assert!(is_close, "{got:?} is not {expected}: {case}");
}

#[test]
fn log_odds_are_those_of_the_reference() {
    for case in cases("log_odds") {
        let number = |name: &str| case["in"][name].as_f64().expect(name);
        let side = |y, n, a0| Use { uses: number(y), all: number(n), prior: number(a0) };
        let z = log_odds(side("y_i", "n_i", "a0_i"), side("y_j", "n_j", "a0_j"), number("bg"));
        close(z, &case["out"]["z"], &case);
    }
}

/// Where not all assignments are counted, within four standard errors of those drawn.
#[test]
fn reassigned_sources_are_as_likely_as_in_the_reference() {
    for case in cases("reassigned") {
        let source = |source: &Value| {
            let [here, y, n] = floats(source)[..] else { panic!("{case}") };
            (here == 1.0, y, n)
        };
        let sources: Vec<SourceCounts> =
            case["in"]["sources"].as_array().expect("sources").iter().map(source).collect();
        let p = reassigned(&sources);
        if case["out"]["arrangements"].as_u64() <= Some(9_999) {
            close(Some(p), &case["out"]["p"], &case);
        } else {
            let expected = case["out"]["p"].as_f64().expect("p");
            let error = 2.0 * (expected / 2.0 * (1.0 - expected / 2.0) / 9_999.0).sqrt();
            assert!((p - expected).abs() < 4.0 * error, "{p} is not {expected}: {case}");
        }
    }
}

#[test]
fn distances_are_those_of_the_reference() {
    for case in cases("jensen_shannon") {
        let (a, b) = (floats(&case["in"]["a"]), floats(&case["in"]["b"]));
        close(jensen_shannon(a.into_iter().zip(b)), &case["out"], &case);
    }
}

#[test]
fn q_values_are_those_of_the_reference() {
    for case in cases("benjamini_hochberg") {
        let q = benjamini_hochberg(&floats(&case["in"]["p"]));
        let expected = case["out"].as_array().expect("q-values");
        assert_eq!(q.len(), expected.len());
        q.into_iter().zip(expected).for_each(|(q, expected)| close(Some(q), expected, &case));
    }
}

#[test]
fn draws_without_some_are_those_of_the_reference() {
    for case in cases("hypergeometric_none") {
        let [all, some, drawn] = ["N", "n_p", "K"].map(|name| case["in"][name].as_u64().expect(name) as usize);
        let (got, expected) = (hypergeometric_none(all, some, drawn), case["out"].as_f64().expect("a probability"));
        assert!((got - expected).abs() <= 1e-9 * expected, "{got}: {case}");
    }
}

#[test]
fn bursts_are_those_of_the_reference() {
    for case in cases("kleinberg") {
        let batches: Vec<_> = counts(&case["in"]["r"]).into_iter().zip(counts(&case["in"]["d"])).collect();
        let got = bursts(&batches);
        let expected = case["out"]["bursts"].as_array();
        assert_eq!(got.as_ref().map(Vec::len), expected.map(Vec::len), "{case}");
        for (got, expected) in got.into_iter().flatten().zip(expected.into_iter().flatten()) {
            let days = [&expected["first"], &expected["last"]].map(|day| day.as_u64().expect("a batch") as usize);
            assert_eq!([got.first, got.last], days, "{case}");
            close(Some(got.weight), &expected["weight"], &case);
        }
    }
}

/// Days and counts of digests.
fn digests<const N: usize>(case: &Value) -> Vec<(i32, [f64; N])> {
    let digest = |digest: &Value| {
        let numbers = floats(digest);
        (numbers[0] as i32, std::array::from_fn(|at| numbers[at + 1]))
    };
    case["in"]["digests"].as_array().expect("digests").iter().map(digest).collect()
}

#[test]
fn shares_are_those_of_the_reference() {
    for case in cases("share") {
        let counts = digests::<2>(&case).into_iter().map(|(day, [y, m])| (day, y as usize, m as usize));
        let share = Share::of(counts);
        assert_eq!(share.is_none(), case["out"].is_null(), "{case}");
        let Some(Share { share, interval }) = share else { continue };
        close(Some(share), &case["out"]["share"], &case);
        close(interval.map(|interval| interval.low), &case["out"]["low"], &case);
        close(interval.map(|interval| interval.high), &case["out"]["high"], &case);
        close(interval.map(|interval| interval.effective), &case["out"]["n_eff"], &case);
    }
}

#[test]
fn percentiles_are_those_of_the_reference() {
    for case in cases("t_quantile") {
        let freedom = case["in"]["freedom"].as_u64().expect("a number") as usize;
        close(Some(blocks::t_of(freedom + 1)), &case["out"], &case);
    }
}

#[test]
fn differences_are_those_of_the_reference() {
    for case in cases("difference") {
        let difference = Difference::of(&digests(&case));
        assert_eq!(difference.is_none(), case["out"].is_null(), "{case}");
        let Some(Difference { difference, interval, p }) = difference else { continue };
        close(Some(difference), &case["out"]["difference"], &case);
        for (at, end) in [interval.map(|ends| ends.0), interval.map(|ends| ends.1)].into_iter().enumerate() {
            close(end, if interval.is_some() { &case["out"]["interval"][at] } else { &Value::Null }, &case);
        }
        match (p, case["out"]["p"].as_f64()) {
            // What is no surprise is of the normal distribution.
            (Some(p), Some(expected)) if expected > 0.1 => assert!(p > 0.08, "{p}: {case}"),
            (Some(p), Some(expected)) => assert!(p > expected * 0.9999 && p < expected * 1.1, "{p}: {case}"),
            (p, expected) => assert_eq!(p.is_none(), expected.is_none(), "{case}"),
        }
    }
}

#[test]
fn odds_ratios_are_those_of_the_reference() {
    for case in cases("log_odds_ratio") {
        let digests: Vec<blocks::Counted<4>> = digests(&case);
        let (days, counts): (Vec<i32>, Vec<[f64; 4]>) = digests.into_iter().unzip();
        let sizes: Vec<[f64; 2]> = counts.iter().map(|[_, n_i, _, n_j]| [*n_i, *n_j]).collect();
        let uses: Vec<_> = counts.iter().map(|[y_i, _, y_j, _]| [*y_i, *y_j]).enumerate().collect();
        let ratio = OddsRatios::new(&days, &sizes).of(&uses);
        close(Some(ratio.value), &case["out"]["value"], &case);
        close(ratio.half_width, &case["out"]["half_width"], &case);
    }
}

#[test]
fn draws_of_each_are_those_of_the_reference() {
    for case in cases("some_of_each") {
        let digests = case["in"]["digests"].as_array().expect("digests").iter().map(counts);
        let draws: Vec<Draw> = digests.map(|d| Draw { all: d[0], drawn: d[1], with: d[2] }).collect();
        let (high, low) =
            some_of_each(&draws, case["in"]["seen"].as_u64().expect("a count") as usize).expect("several");
        for (got, name) in [(high, "high"), (low, "low")] {
            let expected = case["out"][name].as_f64().expect(name);
            let is_surprise = expected < 0.06;
            assert!(
                (got - expected).abs() <= if is_surprise { 1e-9 * expected } else { 0.35 },
                "{got} {expected}: {case}"
            );
        }
    }
}

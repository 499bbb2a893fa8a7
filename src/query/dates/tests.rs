use super::span::span;
use super::*;
use chrono::{Days as Count, NaiveDate};
use proptest::prelude::*;

/// A Wednesday.
const AS_OF: NaiveDate = NaiveDate::from_ymd_opt(2026, 3, 4).expect("a day");

fn check(text: &str, expect: &str) {
    let end = |d: Option<NaiveDate>| d.map_or(String::new(), |d| d.to_string());
    let got = match Days::parse(text, Some(AS_OF)) {
        Ok(days) => format!("{}..{}", end(days.first), end(days.last)),
        Err(e) => e.to_string(),
    };
    assert_eq!(got, expect, "{text}");
}

/// Checks that a text is rejected with a reason and a suggestion.
fn check_instead(text: &str, reason: &str, instead: &str) {
    let error = Days::parse(text, Some(AS_OF)).expect_err(text);
    assert_eq!(error.to_string(), format!("`{text}` is not a date{reason}"));
    assert_eq!(error.hint(), format!("write `{instead}`"), "{text}");
    assert!(Days::parse(instead, Some(AS_OF)).is_ok(), "{text}: {instead}");
}

#[test]
fn absolute_dates_are_parsed() {
    check("2026-01-07", "2026-01-07..2026-01-07");
    check("2026-02", "2026-02-01..2026-02-28");
    check("2024", "2024-01-01..2024-12-31");
    check("2026-W01", "2025-12-29..2026-01-04");
    check("2026-w07", "2026-02-09..2026-02-15");
    check("2026-W53..2027-W01", "2026-12-28..2027-01-10");
    check("2026-01..2026-02", "2026-01-01..2026-02-28");
    check("2026-01-07..2026-01-07", "2026-01-07..2026-01-07");
    check("2026-01-15..", "2026-01-15..");
    check("..2026-01", "..2026-01-31");
    check(" 2026-01 .. 2026-02 ", "2026-01-01..2026-02-28");
}

#[test]
fn dates_with_month_names_are_parsed() {
    check("December 2025", "2025-12-01..2025-12-31");
    check("dec 2025", "2025-12-01..2025-12-31");
    check("2025 Dec.", "2025-12-01..2025-12-31");
    check("Sept 2025", "2025-09-01..2025-09-30");
    check("May 2025", "2025-05-01..2025-05-31");
    for same in
        ["Jan 7 2026", "January 7, 2026", "7 jan 2026", "7th January 2026", "jan  7th,2026", "Jan-7-2026", "2026 Jan 7"]
    {
        check(same, "2026-01-07..2026-01-07");
    }
    check("Dec 2025..Jan 7 2026", "2025-12-01..2026-01-07");
    check("Feb 30 2026", "`Feb 30 2026` is not a date: February 2026 has 28 days");
    check_instead("December", ": the year is missing", "December 2025");
    check_instead("Jan 7", ": the year is missing", "Jan 7 2026");
    check_instead("mar 9", ": the year is missing", "mar 9 2025");
}

#[test]
fn dates_with_slashes_are_parsed() {
    check("12/25/2025", "2025-12-25..2025-12-25");
    check("1/7/2026", "2026-01-07..2026-01-07");
    check("01/07/2026..2/1/2026", "2026-01-07..2026-02-01");
    let reason = ": dates with slashes are month/day/year, and 25 is not a month";
    check_instead("25/12/2025", reason, "12/25/2025");
    check("13/13/2025", "`13/13/2025` is not a date: 13 is not a month");
    check("31/2/2026", "`31/2/2026` is not a date: dates with slashes are month/day/year, and 31 is not a month");
    check("2/30/2026", "`2/30/2026` is not a date: February 2026 has 28 days");
    check_instead("12/25/25", ": the year needs four digits", "12/25/2025");
    check_instead("2026/1/7", "", "2026-01-07");
    check_instead("12/2025", "", "2025-12");
    assert_eq!(Days::interpretation("3/4/2026").as_deref(), Some("`3/4/2026` is 2026-03-04 (month/day/year)"));
    assert_eq!(Days::interpretation("2/1/2026..3/4/2026").map(|text| text.matches("month/day").count()), Some(2));
    for plain in ["12/25/2025", "4/4/2026", "2026-03-04", "7d", "x"] {
        assert_eq!(Days::interpretation(plain), None, "{plain}");
    }
}

#[test]
fn relative_dates_are_parsed() {
    check("today", "2026-03-04..2026-03-04");
    check("Yesterday", "2026-03-03..2026-03-03");
    for same in ["7d", "7D", "7 days", "last 7 days", "past 7 days", "1w"] {
        check(same, "2026-02-26..2026-03-04");
    }
    check("2w", "2026-02-19..2026-03-04");
    check("1m", "2026-02-05..2026-03-04");
    check("1y", "2025-03-05..2026-03-04");
    check("2 weeks ago", "2026-02-18..2026-02-18");
    check("this week", "2026-03-02..2026-03-08");
    check("last  week", "2026-02-23..2026-03-01");
    check("this month", "2026-03-01..2026-03-31");
    check("this year", "2026-01-01..2026-12-31");
    check("last month", "2026-02-01..2026-02-28");
    check("last year", "2025-01-01..2025-12-31");
    check("7d..yesterday", "2026-02-26..2026-03-03");
    assert!(Days::is_relative("7d") && Days::is_relative("2026-01..today"));
    assert!(!Days::is_relative("2026-01") && !Days::is_relative("soon"));
}

#[test]
fn ranges_are_rejected_where_one_day_is_expected() {
    let error = Days::parse_one("..2026-01", Some(AS_OF)).expect_err("a range");
    assert_eq!(error.to_string(), "`..2026-01` is not a date: expected one day, week, month or year, not a range");
    assert_eq!(Days::parse_day("yesterday", Some(AS_OF)), Ok(AS_OF.pred_opt().expect("a day")));
    let error = Days::parse_day("2026-01", Some(AS_OF)).expect_err("a month");
    assert_eq!(error.to_string(), "expected one day, found `2026-01`");
}

#[test]
fn other_text_is_rejected() {
    for text in ["", "..", "soon", "0d", "-1d", "99999999999y", "d", "é", "2026-01-07-01", "5000000y", "1/2", "marches"]
    {
        check(text, &format!("`{text}` is not a date"));
    }
    check("2026-13", "`2026-13` is not a date: 13 is not a month");
    check("2026-02-30", "`2026-02-30` is not a date: February 2026 has 28 days");
    check("2026-W54", "`2026-W54` is not a date: 2026 has no week 54");
    check("2026-02..2026-01", "`2026-02..2026-01` ends before it begins");
    assert_eq!(Days::parse("7d", None), Err(DateError::NoReferenceDay { text: "7d".to_owned() }));
}

#[test]
fn other_formats_are_rejected_with_a_suggestion() {
    for (text, instead) in [
        ("2026-1-7", "2026-01-07"),
        ("2026-W7", "2026-W07"),
        ("20260107", "2026-01-07"),
        ("202601", "2026-01"),
        ("7.1.2026", "2026-01-07"),
        ("2026-01-07T10:00:00Z", "2026-01-07"),
        ("2026-01 to 2026-02", "2026-01..2026-02"),
        ("2026-01-05–2026-01-09", "2026-01-05..2026-01-09"),
        (">=2026-01", "2026-01.."),
        ("<2026-01", "..2026-01"),
        ("2026-Q1", "2026-01..2026-03"),
        ("q4 2025", "2025-10..2025-12"),
    ] {
        check_instead(text, "", instead);
    }
}

#[test]
fn set_operations_equal_those_on_single_days() {
    const DAYS: usize = 5;
    let day = |at: usize| NaiveDate::default() + Count::new(at as u64);
    // Each end is one of the days, or open.
    let ends = || (0..DAYS).map(Some).chain([None]);
    let pairs = ends().flat_map(|first| ends().map(move |last| (first, last)));
    let spans = pairs.filter(|(first, last)| first.unwrap_or(0) <= last.unwrap_or(DAYS));
    let spans: Vec<(Days, Vec<bool>)> = spans
        .map(|(first, last)| {
            let days = (0..DAYS).map(|at| first.unwrap_or(0) <= at && at <= last.unwrap_or(DAYS)).collect();
            (Days { first: first.map(day), last: last.map(day) }, days)
        })
        .collect();
    let contained = |span: &Days| (0..DAYS).map(|at| span.contains(day(at))).collect::<Vec<_>>();
    for (a, in_a) in &spans {
        assert_eq!(&contained(a), in_a, "{a}");
        for (b, in_b) in &spans {
            let in_both: Vec<bool> = in_a.iter().zip(in_b).map(|(a, b)| a & b).collect();
            assert_eq!(a.overlaps(b), in_both.contains(&true), "{a} and {b}");
            assert_eq!(contained(&a.within(b)), in_both, "{a} and {b}");
        }
    }
}

proptest! {
    #[test]
    fn parsing_never_panics_and_suggestions_are_dates(
        text in "([0-9]{1,5}|-|/|\\.|\\.\\.|d|m|y|T| |last |dec|Jan |q1|-W|>=|\\PC)*",
    ) {
        let _ = Days::parse(&text, None);
        let _ = Days::interpretation(&text);
        if let Err(DateError::Unknown { instead: Some(instead), .. }) = Days::parse(&text, Some(AS_OF)) {
            prop_assert!(Days::parse(&instead, Some(AS_OF)).is_ok(), "{instead}");
        }
    }

    #[test]
    fn every_day_is_parsed_in_every_format(days in 0u64..40_000) {
        let day = NaiveDate::from_ymd_opt(1950, 1, 1).expect("a day") + Count::new(days);
        for form in ["%Y-%m-%d", "%-m/%-d/%Y", "%m/%d/%Y", "%B %-d %Y", "%b %-d, %Y", "%-d %B %Y"] {
            let text = day.format(form).to_string();
            prop_assert_eq!(Days::parse(&text, None), Ok(span(day, day)), "{}", text);
        }
    }
}

//! Absolute dates: `2026-01-07`, `2026-01`, `2026`, `2026-W07`, `December 2025`, `Jan 7 2026`, `12/25/2025`.

use chrono::{Datelike, NaiveDate, Weekday};

use super::span::{months_from, span, week_from};
use super::{DateError, Days};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Parses a day, week, month or year.
///
/// # Errors
/// The text is not a date; the error has a suggestion, where possible.
pub fn parse(text: &str) -> Result<Days, DateError> {
    let forms = [week, numbers, slashes, named_month, other_forms];
    let found = forms.into_iter().find_map(|form| form(text));
    found.unwrap_or_else(|| Err(DateError::unknown(text)))
}

/// Reports whether a date with slashes may also be read as day/month/year.
pub fn is_ambiguous(text: &str) -> bool {
    match text.split('/').map(number).collect::<Vec<_>>()[..] {
        [Some(month), Some(day), Some(_)] => month != day && month <= 12 && day <= 12,
        _ => false,
    }
}

/// Parses an ISO 8601 week: `2026-W07`.
fn week(text: &str) -> Option<Result<Days, DateError>> {
    let (year, week) = text.split_once("-W").or_else(|| text.split_once("-w"))?;
    let (year_number, week_number) = (number(year)?, number(week)?);
    if year.len() != 4 || week.len() > 2 {
        return None;
    }
    let year = i32::try_from(year_number).ok()?;
    let monday = NaiveDate::from_isoywd_opt(year, week_number, Weekday::Mon);
    Some(match monday.and_then(week_from) {
        Some(_) if week.len() == 1 => Err(DateError::rather(text, format!("{year:04}-W{week_number:02}"))),
        Some(days) => Ok(days),
        None => Err(DateError::because(text, &format!("{year} has no week {week_number}"), None)),
    })
}

/// Parses `2026-01-07`, `2026-01`, `2026`.
fn numbers(text: &str) -> Option<Result<Days, DateError>> {
    let parts: Vec<&str> = text.split('-').collect();
    let numbers: Vec<u32> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    let is_padded = parts[0].len() == 4 && parts[1..].iter().all(|part| part.len() == 2);
    if parts[0].len() != 4 || parts.iter().any(|part| part.len() > 4) {
        return None;
    }
    let days = match numbers[..] {
        [year] => year_of(year),
        [year, month] => month_of(year, month, text),
        [year, month, day] => day_of(year, month, day, text),
        _ => return None,
    };
    Some(match days {
        Ok(_) if !is_padded => {
            let padded: Vec<String> = numbers.iter().map(|number| format!("{number:02}")).collect();
            Err(DateError::rather(text, padded.join("-")))
        }
        days => days,
    })
}

/// Parses month/day/year as in digests: `12/25/2025`.
fn slashes(text: &str) -> Option<Result<Days, DateError>> {
    let parts: Vec<&str> = text.split('/').collect();
    let numbers: Vec<u32> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let iso = |year, month, day| day_of(year, month, day, text).map(|days| days.to_string());
    Some(match (&lengths[..], &numbers[..]) {
        ([1..=2, 1..=2, 4], &[month, day, year]) if month > 12 && day <= 12 => {
            let reason = format!("dates with slashes are month/day/year, and {month} is not a month");
            let instead = iso(year, day, month).ok().map(|_| format!("{day}/{month}/{year:04}"));
            Err(DateError::because(text, &reason, instead))
        }
        ([1..=2, 1..=2, 4], &[month, day, year]) => day_of(year, month, day, text),
        ([1..=2, 1..=2, 2], &[month, day, year]) => {
            let instead = iso(2000 + year, month, day).ok().map(|_| format!("{month}/{day}/{}", 2000 + year));
            Err(DateError::because(text, "the year needs four digits", instead))
        }
        ([4, 1..=2, 1..=2], &[year, month, day]) => {
            Err(iso(year, month, day).map_or_else(|error| error, |iso| DateError::rather(text, iso)))
        }
        ([1..=2, 4], &[month @ 1..=12, year]) | ([4, 1..=2], &[year, month @ 1..=12]) => {
            Err(DateError::rather(text, format!("{year:04}-{month:02}")))
        }
        _ => return None,
    })
}

/// Parses `December 2025`, `Jan 7 2026`, `Jan 7, 2026`, `7 January 2026`, also with hyphens instead of spaces.
fn named_month(text: &str) -> Option<Result<Days, DateError>> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let at = words.iter().position(|word| month_number(word).is_some())?;
    let month = month_number(words[at])?;
    let others: Vec<&str> = words.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, word)| *word).collect();
    let year = |word: &str| number(word).filter(|_| word.len() == 4);
    let day = |word: &str| {
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        number(digits).filter(|_| digits.len() <= 2)
    };
    Some(match others[..] {
        [] => Err(DateError::no_year(text)),
        [one] => match (year(one), day(one)) {
            (Some(year), _) => month_of(year, month, text),
            (None, Some(_)) => Err(DateError::no_year(text)),
            _ => return None,
        },
        [a, b] => match (day(a), year(b), year(a), day(b)) {
            (Some(day), Some(year), ..) | (_, _, Some(year), Some(day)) => day_of(year, month, day, text),
            _ => return None,
        },
        _ => return None,
    })
}

/// Recognizes formats of other programs and countries, and suggests the supported one.
fn other_forms(text: &str) -> Option<Result<Days, DateError>> {
    let rather = |instead: String| Days::parse(&instead, None).is_ok().then(|| Err(DateError::rather(text, instead)));
    let day =
        text.get(..10).filter(|day| text[10..].starts_with(['T', 't', ' ']) && matches!(numbers(day), Some(Ok(_))));
    if let Some(day) = day {
        return rather(day.to_owned());
    }
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    match text.len() {
        8 if digits => return rather(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])),
        6 if digits => return rather(format!("{}-{}", &text[..4], &text[4..])),
        _ => {}
    }
    if let [Some(day), Some(month), Some(year @ 1000..)] = text.split('.').map(number).collect::<Vec<_>>()[..] {
        return rather(format!("{year}-{month:02}-{day:02}"));
    }
    let ends = [" to ", " - ", "–", "—"].iter().find_map(|between| text.split_once(between));
    if let Some((from, to)) = ends {
        return rather(format!("{}..{}", from.trim(), to.trim()));
    }
    match text.trim_start_matches(['<', '>', '=']) {
        end if text.starts_with('>') => rather(format!("{}..", end.trim())),
        end if text.starts_with('<') => rather(format!("..{}", end.trim())),
        _ => quarter(text),
    }
}

/// Recognizes `2026-Q1`, `Q1 2026`.
fn quarter(text: &str) -> Option<Result<Days, DateError>> {
    let upper = text.to_uppercase();
    let (a, b) = upper.split_once(['-', ' '])?;
    let (year, quarter) = if a.starts_with('Q') { (b, a) } else { (a, b) };
    let quarter = number(quarter.strip_prefix('Q')?).filter(|quarter| (1..=4).contains(quarter))?;
    let year = number(year).filter(|_| year.len() == 4)?;
    Some(Err(DateError::rather(text, format!("{year:04}-{:02}..{year:04}-{:02}", quarter * 3 - 2, quarter * 3))))
}

fn month_number(word: &str) -> Option<u32> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let is_it = |name: &&str| *name == word || word == &name[..3] || (word == "sept" && name.starts_with(word));
    (1..).zip(MONTHS).find(|(_, name)| is_it(name)).map(|(number, _)| number)
}

fn number(digits: &str) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

fn year_of(year: u32) -> Result<Days, DateError> {
    let first = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
    first.and_then(|first| months_from(first, 12)).ok_or_else(|| DateError::unknown(&year.to_string()))
}

fn month_of(year: u32, month: u32, text: &str) -> Result<Days, DateError> {
    let first = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, 1));
    let days = first.and_then(|first| months_from(first, 1));
    days.ok_or_else(|| DateError::because(text, &format!("{month} is not a month"), None))
}

fn day_of(year: u32, month: u32, day: u32, text: &str) -> Result<Days, DateError> {
    let of_month = month_of(year, month, text)?;
    let date = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
    date.map(|date| span(date, date)).ok_or_else(|| {
        let last = of_month.last.map_or(0, |last| last.day());
        let name = MONTHS[month as usize - 1];
        let name = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
        DateError::because(text, &format!("{name} {year} has {last} days"), None)
    })
}

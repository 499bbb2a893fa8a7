//! Which perspective the region of a locale names: `en-US` of `US/International Sources`, `es-VE` of `Venezuelan`.

use crate::digest::names;

/// Regions of news feeds and the countries that they are, as headings name them.
#[rustfmt::skip]
const COUNTRIES: [(&str, &str); 84] = [
    ("AE", "emirates"), ("AF", "afghanistan"), ("AM", "armenia"), ("AR", "argentina"), ("AT", "austria"), ("AU", "australia"),
    ("AZ", "azerbaijan"), ("BD", "bangladesh"), ("BE", "belgium"), ("BG", "bulgaria"), ("BO", "bolivia"), ("BR", "brazil"),
    ("BY", "belarus"), ("CA", "canada"), ("CH", "switzerland"), ("CL", "chile"), ("CN", "china"), ("CO", "colombia"),
    ("CU", "cuba"), ("CY", "cyprus"), ("CZ", "czech"), ("DE", "germany"), ("DK", "denmark"), ("DZ", "algeria"),
    ("EC", "ecuador"), ("EG", "egypt"), ("ES", "spain"), ("ET", "ethiopia"), ("FI", "finland"), ("FR", "france"),
    ("GB", "britain"), ("GB", "united kingdom"), ("GE", "georgia"), ("GH", "ghana"), ("GR", "greece"), ("GY", "guyana"),
    ("HK", "hong kong"), ("HU", "hungary"), ("ID", "indonesia"), ("IE", "ireland"), ("IL", "israel"), ("IN", "india"),
    ("IQ", "iraq"), ("IR", "iran"), ("IT", "italy"), ("JO", "jordan"), ("JP", "japan"), ("KE", "kenya"),
    ("KP", "north korea"), ("KR", "south korea"), ("KZ", "kazakhstan"), ("LB", "lebanon"), ("MA", "morocco"), ("MM", "myanmar"),
    ("MX", "mexico"), ("MY", "malaysia"), ("NG", "nigeria"), ("NL", "netherlands"), ("NO", "norway"), ("NP", "nepal"),
    ("NZ", "new zealand"), ("PA", "panama"), ("PE", "peru"), ("PH", "philippines"), ("PK", "pakistan"), ("PL", "poland"),
    ("PS", "palestine"), ("PT", "portugal"), ("QA", "qatar"), ("RO", "romania"), ("RS", "serbia"), ("RU", "russia"),
    ("SA", "saudi"), ("SE", "sweden"), ("SG", "singapore"), ("SY", "syria"), ("TH", "thailand"), ("TR", "turkey"),
    ("TW", "taiwan"), ("UA", "ukraine"), ("US", "united states"), ("VE", "venezuela"), ("VN", "vietnam"), ("ZA", "south africa"),
];

/// The one perspective that the locale's region names. `called` are the texts that name each: its id, its name, and its
/// headings.
pub fn perspective_of(locale: &str, called: &[Vec<String>]) -> Option<usize> {
    let region = locale.split(['-', '_']).nth(1)?.to_uppercase();
    let of_region = &COUNTRIES[COUNTRIES.partition_point(|(code, _)| **code < *region)..];
    let countries = &of_region[..of_region.partition_point(|(code, _)| *code == region)];
    let mut perspectives = (0..called.len())
        .filter(|&perspective| called[perspective].iter().any(|text| is_named(text, &region, countries)));
    let perspective = perspectives.next()?;
    perspectives.next().is_none().then_some(perspective)
}

/// Whether a text names a region, by its code or by its countries. In small letters a code is a word (`in`, `it`, `no`),
/// but where it is all there is, as in the id `us`.
fn is_named(text: &str, region: &str, countries: &[(&str, &str)]) -> bool {
    let has_code = text.eq_ignore_ascii_case(region) || text.split(|c: char| !c.is_alphanumeric()).any(|w| w == region);
    has_code || countries.iter().any(|(_, country)| may_hold(text, country) && names::holds(text, country))
}

/// Whether a text has the letters with which every form of a country's name begins: most texts have not.
fn may_hold(text: &str, country: &str) -> bool {
    let first = country.split(' ').next().unwrap_or_default().as_bytes();
    let start = &first[..first.len().min(4)];
    !text.is_ascii() || text.as_bytes().windows(start.len()).any(|letters| letters.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_that_is_named() {
        let called = |texts: &[&str]| {
            Vec::from_iter(texts.iter().map(|text| Vec::from_iter(text.split('|').map(str::to_owned))))
        };
        let early = called(&[
            "venezuelan|Inside Venezuela (Venezuelan Sources)",
            "international|International Perspective (US/International Sources)",
        ]);
        assert_eq!(
            ["es-VE", "en-US", "en-GB", "es", "es_ve"].map(|l| perspective_of(l, &early)),
            [Some(0), Some(1), None, None, Some(0)]
        );
        let two = called(&["us|United States", "cn|China|What China sees in India"]);
        assert_eq!(["en-US", "zh-CN", "en-IN"].map(|l| perspective_of(l, &two)), [Some(0), Some(1), Some(1)]);
        let korea = called(&["korea|Korea", "nk|North Korea"]);
        assert_eq!(["ko-KR", "ko-KP"].map(|l| perspective_of(l, &korea)), [None, Some(1)]);
        assert_eq!(perspective_of("it-IT", &called(&["a|What it says in it", "b|Italian"])), Some(1));
        assert_eq!(perspective_of("en-US", &called(&["us|US", "b|US allies"])), None, "both are named");
        assert!(COUNTRIES.is_sorted());
    }
}

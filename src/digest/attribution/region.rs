//! Perspectives named by the region of a locale: `en-US` for `US/International Sources`, `es-VE` for `Venezuelan`.

use crate::digest::names;

/// Region codes of news feeds and their countries, as headings name them; sorted.
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

/// Returns the perspective that the region of a locale names, unless several match. `labels` are the texts that name
/// each perspective: id, name, headings.
pub fn perspective_of(locale: &str, labels: &[Vec<String>]) -> Option<usize> {
    let region = locale.split(['-', '_']).nth(1)?.to_uppercase();
    let of_region = &COUNTRIES[COUNTRIES.partition_point(|(code, _)| **code < *region)..];
    let countries = &of_region[..of_region.partition_point(|(code, _)| *code == region)];
    let mut perspectives = (0..labels.len())
        .filter(|&perspective| labels[perspective].iter().any(|text| is_named(text, &region, countries)));
    let perspective = perspectives.next()?;
    perspectives.next().is_none().then_some(perspective)
}

/// Reports whether a text names a region, by code or country. A code in lower case is a word (`in`, `it`, `no`), except
/// where it is the whole text, as in the id `us`.
fn is_named(text: &str, region: &str, countries: &[(&str, &str)]) -> bool {
    let has_code = text.eq_ignore_ascii_case(region) || text.split(|c: char| !c.is_alphanumeric()).any(|w| w == region);
    has_code || countries.iter().any(|(_, country)| may_contain(text, country) && names::contains(text, country))
}

/// Reports whether a text may contain a form of a country's name. A cheap filter by the first letters, which most texts
/// fail.
fn may_contain(text: &str, country: &str) -> bool {
    let first = country.split(' ').next().unwrap_or_default().as_bytes();
    let start = &first[..first.len().min(4)];
    !text.is_ascii() || text.as_bytes().windows(start.len()).any(|letters| letters.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_name_perspectives() {
        let labels = |texts: &[&str]| {
            Vec::from_iter(texts.iter().map(|text| Vec::from_iter(text.split('|').map(str::to_owned))))
        };
        let early = labels(&[
            "venezuelan|Inside Venezuela (Venezuelan Sources)",
            "international|International Perspective (US/International Sources)",
        ]);
        assert_eq!(
            ["es-VE", "en-US", "en-GB", "es", "es_ve"].map(|l| perspective_of(l, &early)),
            [Some(0), Some(1), None, None, Some(0)]
        );
        let two = labels(&["us|United States", "cn|China|What China sees in India"]);
        assert_eq!(["en-US", "zh-CN", "en-IN"].map(|l| perspective_of(l, &two)), [Some(0), Some(1), Some(1)]);
        let korea = labels(&["korea|Korea", "nk|North Korea"]);
        assert_eq!(["ko-KR", "ko-KP"].map(|l| perspective_of(l, &korea)), [None, Some(1)]);
        assert_eq!(perspective_of("it-IT", &labels(&["a|What it says in it", "b|Italian"])), Some(1));
        assert_eq!(perspective_of("en-US", &labels(&["us|US", "b|US allies"])), None, "both are named");
        assert!(COUNTRIES.is_sorted());
    }
}

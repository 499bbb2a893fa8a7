//! Attribution by headings in the source list.

use super::case::{Case, Verdict};
use super::doubt::Doubt;
use super::evidence::{Evidence, Listed};
use super::locale::Locales;
use crate::digest::{Subject, Warning};
use crate::model::Attribution;

impl Case<'_> {
    /// Attributes the lines below a perspective's heading to it, unless other evidence contradicts.
    pub fn by_headings(&self, verdicts: &mut [Verdict], warnings: &mut Vec<(Subject, Warning)>) {
        let Evidence { listed, naming, .. } = self.evidence;
        let perspectives = &self.digest.perspectives;
        let mut lines = vec![0; perspectives.len()];
        listed.iter().flatten().for_each(|listed| lines[listed.perspective] += 1);
        if lines.iter().all(|n| *n == 0) {
            return;
        }
        let has_counts = perspectives.iter().any(|p| p.count.is_some());
        let is_exact = has_counts
            && listed.iter().all(Option::is_some)
            && perspectives.iter().zip(&lines).all(|(p, n)| p.count.unwrap_or_default() == *n);
        let several = lines.iter().filter(|n| **n > 0).count() > 1;
        let assigned: Option<Vec<usize>> =
            listed.iter().map(|listed| listed.map(|listed| listed.perspective)).collect();
        let fit = assigned.map(|order| Locales::new(&self.digest.titles, &naming.labels).fit(&order, lines.len()));
        let is_stray = |at: usize| fit.as_ref().is_some_and(|fit| fit.is_crossed || fit.strays[at]);
        let is_other = |(at, verdict): &(usize, &Verdict)| match (verdict, listed[*at]) {
            (Verdict::Known(other, _), Some(Listed { perspective, .. })) => !self.is_same(*other, perspective),
            _ => false,
        };
        if let Some((at, _)) = verdicts.iter().enumerate().find(is_other).filter(|_| is_exact) {
            let message = "the headings of the source list are in another order than `perspectives`";
            warnings.push(Subject::Perspective.at(self.digest.titles[at].line, message));
        }
        for (at, verdict) in verdicts.iter_mut().enumerate() {
            let Some(Listed { perspective, is_list }) = listed[at] else { continue };
            let is_accepted = is_exact
                || match perspectives[perspective].count {
                    Some(count) => is_list && lines[perspective] <= count,
                    None if has_counts => false,
                    None => is_list || several || perspectives.len() == 1,
                };
            let known = Verdict::Known(perspective, Attribution::Heading);
            *verdict = match *verdict {
                _ if is_accepted && is_stray(at) => Verdict::Unknown(Some(Doubt::Locale)),
                _ if is_exact => known,
                Verdict::Known(other, _) if !self.is_same(other, perspective) => Verdict::Unknown(Some(Doubt::Heading)),
                Verdict::Known(..) if !is_accepted => *verdict,
                Verdict::Unknown(Some(Doubt::Locale | Doubt::Number | Doubt::Days)) => *verdict,
                _ if is_accepted => known,
                Verdict::Unknown(None) => Verdict::Unknown(Some(Doubt::Heading)),
                unknown => unknown,
            };
        }
    }
}

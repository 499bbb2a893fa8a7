//! Look-ups whose results are known: a generation never changes, and the same words are asked for again and again, by the
//! questions of one analysis and by the pages of one list of hits.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::backend::{Error, Lookup, Terms};

/// Number of look-ups that are kept.
const KEPT: usize = 10_000;

/// Results of look-ups in one generation.
#[derive(Default)]
pub struct Known(Mutex<HashMap<String, Terms>>);

impl Known {
    /// Returns the results of look-ups in their order; `ask` answers those that are not known.
    ///
    /// # Errors
    /// Those of `ask`.
    pub fn answer(
        &self,
        questions: &[Lookup<'_>],
        ask: impl FnOnce(&[Lookup<'_>]) -> Result<Vec<Terms>, Error>,
    ) -> Result<Vec<Terms>, Error> {
        let known = |question: &Lookup<'_>| self.lock().get(&format!("{question:?}")).cloned();
        let results: Vec<Option<Terms>> = questions.iter().map(known).collect();
        let new = questions.iter().zip(&results).filter(|(_, result)| result.is_none());
        let new: Vec<Lookup<'_>> = new.map(|(question, _)| *question).collect();
        let found = if new.is_empty() { Vec::new() } else { ask(&new)? };
        self.keep(&new, &found);
        let mut found = found.into_iter();
        Ok(results.into_iter().filter_map(|result| result.or_else(|| found.next())).collect())
    }

    fn keep(&self, questions: &[Lookup<'_>], found: &[Terms]) {
        let mut known = self.lock();
        if known.len() + questions.len() > KEPT {
            known.clear();
        }
        known.extend(questions.iter().map(|question| format!("{question:?}")).zip(found.iter().cloned()));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Terms>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

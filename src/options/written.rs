//! Options as somebody wrote them, in whatever form: keys of a spec, parameters of an address. Whoever reads them names
//! each, so that what is read is also the list of what there is.

/// What was written for options, by their names.
pub trait Written {
    /// What can be wrong with it.
    type Error;

    /// A text.
    fn text(&mut self, name: &'static str) -> Result<Option<String>, Self::Error>;

    /// Any number of texts.
    fn each(&mut self, name: &'static str) -> Result<Vec<String>, Self::Error>;

    /// Yes or no.
    fn flag(&mut self, name: &'static str) -> Result<bool, Self::Error>;

    /// A whole number.
    fn number(&mut self, name: &'static str) -> Result<Option<usize>, Self::Error>;

    /// What a text is understood as.
    fn parsed<T>(&mut self, name: &'static str, form: Form<T>) -> Result<Option<T>, Self::Error>;

    /// One of some values.
    fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        all: &[T],
        as_str: fn(T) -> &'static str,
    ) -> Result<Option<T>, Self::Error>;

    /// Some of some values.
    fn choices<T: Copy>(
        &mut self,
        name: &'static str,
        all: &[T],
        as_str: fn(T) -> &'static str,
    ) -> Result<Vec<T>, Self::Error>;
}

/// A form of text that stands for something else.
pub struct Form<T> {
    /// Understands it, or says what is expected.
    pub parse: fn(&str) -> Result<T, String>,
    /// All texts of this form, as a regular expression.
    pub pattern: &'static str,
}

//! Aliases of filters.

use std::sync::LazyLock;

use super::{FilterOptions, arguments};

/// Aliases of filters, each with the filter's name.
static ALIASES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let filters = arguments::<FilterOptions>();
    let aliases =
        filters.iter().flat_map(|filter| filter.aliases().into_iter().map(move |alias| (alias, filter.name())));
    aliases.map(|(alias, name)| (alias.to_owned(), name.to_owned())).collect()
});

/// Returns the aliases of an option.
pub fn aliases(name: &str) -> impl Iterator<Item = &str> {
    ALIASES.iter().filter(move |(_, option)| option == name).map(|(alias, _)| alias.as_str())
}

/// Returns the canonical name of an option.
pub fn canonical(name: &str) -> &str {
    ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, option)| option)
}

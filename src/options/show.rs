//! What can be chosen of `show`.

/// What can be chosen of `show`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ShowOptions {
    /// Ids as `query` shows them, or days
    #[arg(value_name = "ID", required = true)]
    pub id: Vec<String>,
}

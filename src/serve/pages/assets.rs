//! Style, script and icon of pages. Their paths contain a hash of the contents, so browsers can cache them.

use std::sync::LazyLock;

use crate::render::html::STYLE;
use crate::serve::reply::ContentType;

/// A static file of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asset {
    Style,
    Script,
    Icon,
}

static STYLES: LazyLock<String> = LazyLock::new(|| format!("{STYLE}{}", include_str!("style.css")));
const SCRIPT: &str = include_str!("script.js");
const ICON: &str = include_str!("icon.svg");

static HASH: LazyLock<String> = LazyLock::new(|| {
    let all = [STYLES.as_str(), SCRIPT, ICON].concat();
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(all.as_bytes()))
});

impl Asset {
    const ALL: [Self; 3] = [Self::Style, Self::Script, Self::Icon];

    /// Returns the asset at a path.
    pub fn find(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|asset| asset.path() == path)
    }

    /// Returns the path, below the server's prefix.
    pub fn path(self) -> String {
        let name = match self {
            Self::Style => "style.css",
            Self::Script => "script.js",
            Self::Icon => "icon.svg",
        };
        format!("/assets/{}/{name}", *HASH)
    }

    pub fn kind(self) -> ContentType {
        match self {
            Self::Style => ContentType::Css,
            Self::Script => ContentType::Script,
            Self::Icon => ContentType::Svg,
        }
    }

    pub fn body(self) -> &'static str {
        match self {
            Self::Style => &STYLES,
            Self::Script => SCRIPT,
            Self::Icon => ICON,
        }
    }
}

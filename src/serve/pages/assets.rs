//! The look and the script of pages. Their path has a hash of what is in them, so that a browser need never ask again.

use std::sync::LazyLock;

use crate::render::html::STYLE;
use crate::serve::reply::Kind;

/// Something that pages are made with.
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

    /// What a path leads to.
    pub fn find(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|asset| asset.path() == path)
    }

    /// The path, below the server's prefix.
    pub fn path(self) -> String {
        let name = match self {
            Self::Style => "style.css",
            Self::Script => "script.js",
            Self::Icon => "icon.svg",
        };
        format!("/assets/{}/{name}", *HASH)
    }

    pub fn kind(self) -> Kind {
        match self {
            Self::Style => Kind::Css,
            Self::Script => Kind::Script,
            Self::Icon => Kind::Svg,
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

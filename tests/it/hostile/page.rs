//! Pages, read by an independent HTML tokenizer: they must have known elements, attributes and links only.

use html5gum::{Error, HtmlString, Token, Tokenizer};

use super::plain;

/// All elements of pages. Only `script` is active, and it is ours.
const ELEMENTS: &str = "\
    a abbr article aside bdi body button caption circle code datalist dd desc details div dl dt figcaption figure footer \
    form g h1 h2 h3 h4 head header html input label li line link main mark meta nav ol option p path \
    rect script section select small span style summary svg table tbody td text th thead time title tr ul";

/// Void elements.
const VOID: [&str; 3] = ["input", "link", "meta"];

/// All attributes of pages. Only `action`, `href` and `src` have addresses; none is code.
const ATTRIBUTES: &str = "\
    action aria-current aria-hidden aria-label aria-labelledby autocapitalize autocomplete charset checked class content \
    cx cy d data-field data-id data-label data-live datetime defer dir fill fill-opacity font-family font-size \
    font-weight for height hidden href id label lang list maxlength method name placeholder pointer-events \
    preserveaspectratio r rel role scope selected size spellcheck src start stroke stroke-dasharray \
    stroke-linejoin stroke-opacity stroke-width tabindex text-anchor title type value viewbox width x x1 \
    x2 xmlns y y1 y2";

fn utf8(text: &HtmlString) -> String {
    String::from_utf8(text.to_vec()).unwrap()
}

fn has(list: &str, name: &str) -> bool {
    list.split(' ').any(|known| known == name)
}

/// Checks that a page is complete and harmless; returns its internal links.
pub fn harmless(page: &str, what: &str) -> Vec<String> {
    plain(page, what);
    let (mut open, mut links) = (Vec::<String>::new(), Vec::new());
    for Ok(token) in Tokenizer::new(page) {
        match token {
            Token::StartTag(tag) => {
                let name = utf8(&tag.name);
                assert!(has(ELEMENTS, &name), "{what}: <{name}>");
                assert_ne!(open.last().map(String::as_str), Some("script"), "{what}");
                for (attribute, value) in &tag.attributes {
                    let (attribute, value) = (utf8(attribute), utf8(value));
                    let is_policy = attribute == "http-equiv" && value.eq_ignore_ascii_case("content-security-policy");
                    assert!(has(ATTRIBUTES, &attribute) || is_policy, "{what}: <{name} {attribute}={value}>");
                    if matches!(attribute.as_str(), "href" | "src" | "action") {
                        let is_own = value.starts_with('/') && !value.starts_with("//") && !value.starts_with("/\\");
                        let is_link = name == "a" && (value.starts_with('#') || value.starts_with("http"));
                        assert!(is_own || is_link, "{what}: <{name} {attribute}={value}>");
                        assert!(name != "script" || value.starts_with("/assets/"), "{what}: {value}");
                        links.extend(Some(value).filter(|_| is_own && name == "a"));
                    }
                }
                assert!(name != "script" || tag.attributes.contains_key(&b"src"[..]), "{what}");
                if !VOID.contains(&name.as_str()) && !tag.self_closing {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => assert_eq!(open.pop(), Some(utf8(&tag.name)), "{what}"),
            Token::String(_) => assert_ne!(open.last().map(String::as_str), Some("script"), "{what}"),
            Token::Doctype(_) => assert!(open.is_empty(), "{what}"),
            Token::Comment(_) => panic!("{what}: a comment"),
            // They are harmless and useless.
            Token::Error(error) => assert_eq!(error.value, Error::NoncharacterInInputStream, "{what}"),
        }
    }
    assert!(open.is_empty(), "{what}: {open:?}");
    links
}

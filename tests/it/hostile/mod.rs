//! Hostile texts, and a corpus with all of them in every place for text, for every output.

mod outputs;
mod page;

use crate::env::TestEnv;

pub use page::harmless;

/// Checks that an output has no control characters or overrides of text direction.
pub fn plain(text: &str, what: &str) {
    let acts = |c: char| c != '\n' && c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.contains(acts), "{what}: {:?} {text:?}", text.matches(acts).collect::<Vec<_>>());
}

/// Hostile texts.
pub fn texts() -> Vec<String> {
    let texts = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "' onmouseover='alert(1)' x='",
        "</title><script src=//evil.example></script>",
        "</bdi></li></ol><form action=//evil.example>",
        "<!-- --!> <![CDATA[ ]]> <?xml ?>",
        "javascript:alert(1)",
        "&lt;script&gt; &#60;b&#62; &amp;quot;",
        "right\u{202e}left \u{2066}apart\u{2069} \u{200f}mark",
        "nul\0 bell\u{7} escape\u{1b}[31m \u{9b}31m delete\u{7f}",
        "line\r\nSet-Cookie: a=b\r\n\r\n<b>",
        "{{7*7}} ${7*7} %0d%0a %3Cb%3E",
        "\u{feff}\u{2028}\u{2029}\u{fffe}\u{10ffff}",
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "=cmd|' /C calc'!A0",
        "+1+1 | | -2 | @SUM(1+9)",
        "\t=1+1 \u{feff}=2 \u{200b}-3",
        "[a](javascript:alert(1)) ![b](https://evil.example/i.png) **c** _d_ `e` ~~f~~ | g | h",
        "\u{1b}]8;;http://evil.example\u{7}link\u{1b}]0;title\u{7}\u{1b}[2J\u{1b}P\u{1b}\\",
    ];
    let long = format!("<b onclick=x>{}", "wort ".repeat(2_000));
    texts.into_iter().map(str::to_owned).chain([long]).collect()
}

/// Unsafe and safe addresses.
const URLS: [&str; 9] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://example.com/",
    "data:text/html;base64,PHNjcmlwdD4=",
    "https://example.com/\u{1b}]0;x\u{7}",
    "//evil.example/x",
    "vbscript:x",
    "https://example.com/\"onmouseover=\"alert(1)",
    "https://example.com/<script>alert(1)</script>",
    "http://example.com/?a=b&lt;&quot;",
];

/// Digests with hostile texts in every place: five days, two topics with hostile ids.
pub fn corpus() -> TestEnv {
    let env = TestEnv::new();
    let texts = texts();
    let text = |at: usize| texts[at % texts.len()].as_str();
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    for (at, topic) in ["<b>t\"'&", "t"].into_iter().enumerate() {
        for day in 1..=5 {
            let name = |more: usize| quoted(&text(at + day + more).chars().take(90).collect::<String>());
            let titles: String = (0..16)
                .map(|n| {
                    let source: String = text(n + day).chars().take(60).filter(|c| !"\r\n".contains(*c)).collect();
                    let title = text(n + at).replace(['\r', '\n'], " ");
                    let url = URLS[n % URLS.len()];
                    format!("{}. [en-US] [{title} steel]({url}) - {source} (1/{day}/2026)\n", n + 1)
                })
                .collect();
            let points: String = texts.iter().map(|text| format!("- steel {text}\n")).collect();
            env.write(
                &format!("corpus/{at}/{day}.md"),
                format!(
                    "---\ntopic: {}\ntopicName: {}\ndate: 2026-01-0{day}\ntags: [{}, {}]\nperspectives:\n  - id: \"here\"\n    name: {}\n    \
                     count: 8\n  - id: \"<i>\"\n    name: {}\n    count: 8\n---\n\n## Overall Highlights\n\n{points}\n\
                     ## {} Perspective\n\n{points}\n## Sources\n\n{titles}",
                    quoted(topic),
                    name(0),
                    name(3),
                    name(11),
                    name(1),
                    name(2),
                    text(2)
                ),
            );
        }
    }
    env.write("corpus/digest-search.yaml", "fields: [tags]\n");
    env.ok(&["index", "corpus"]);
    env
}

//! Nothing is cut off and nothing scrolls sideways, at any width, whatever the titles.

use crate::browser::Browser;
use crate::env::TestEnv;
use crate::http::Server;
use crate::{PAGES, Sample};

/// From the narrowest phones to wide desks.
const WIDTHS: [u32; 5] = [320, 390, 1280, 1600, 1920];

/// What does not fit. Fields scroll by design, and what only screen readers see has no size.
const UNFIT: &str = r"(() => {
    const found = [];
    const name = (e) => `${e.tagName}.${e.getAttribute('class') ?? ''}: ${e.textContent.trim().slice(0, 60)}`;
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} wide`);
    for (const e of document.querySelectorAll('body *')) {
        if (!e.checkVisibility() || e.closest('.visually-hidden, .skip, input, select, datalist, svg *')) continue;
        const style = getComputedStyle(e);
        const box = e.getBoundingClientRect();
        if (box.width && (box.right > innerWidth + 1 || box.left < -1)) found.push(`outside: ${name(e)}`);
        if (style.display === 'inline' || e instanceof SVGElement) continue;
        if (e.scrollWidth > e.clientWidth + 1 && style.display !== 'table' && !style.display.startsWith('table-')) found.push(`wider than its box: ${name(e)}`);
        if (style.overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 1) found.push(`cut off: ${name(e)}`);
    }
    // Counts and short words are in one piece.
    const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let text; (text = texts.nextNode());) {
        if (!text.parentElement.checkVisibility() || text.parentElement.closest('svg, .id, datalist, option')) continue;
        for (const word of text.data.matchAll(/(?<![\p{L}\p{N}])(?:\d[\d,.]*%?|\p{Script=Latin}{2,12})(?![\p{L}\p{N}])/gu)) {
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            const lines = new Set([...range.getClientRects()].filter((box) => box.width).map((box) => Math.round(box.top)));
            if (lines.size > 1) found.push(`broken: ${word[0]} in ${name(text.parentElement)}`);
        }
    }
    // Letters of pictures are readable.
    for (const svg of document.querySelectorAll('svg[role=img]')) {
        if (!svg.checkVisibility()) continue;
        const size = 11 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        if (size < 9) found.push(`letters of ${size} pixels`);
    }
    return [...new Set(found)].slice(0, 20);
})()";

fn check(browser: &Browser, pages: &[(&str, &str)]) {
    let mut unfit = Vec::new();
    for width in WIDTHS {
        browser.resize(width, 900);
        for (name, target) in pages {
            browser.go(target);
            // All that is folded is opened.
            browser.js::<()>("document.querySelectorAll('details').forEach(e => e.open = true)");
            browser.picture(&format!("{name}-{width}"));
            let found: Vec<String> = browser.js(UNFIT);
            unfit.extend(found.into_iter().map(|what| format!("{name} at {width}: {what}")));
        }
    }
    assert!(unfit.is_empty(), "{unfit:#?}");
}

#[test]
fn the_sample_fits_any_width() {
    let sample = Sample::open();
    check(sample.of_problems(), &PAGES);
}

/// A digest with titles of 200 characters in many scripts, some without spaces.
fn digest(day: u32) -> String {
    let long = |text: &str| text.chars().cycle().take(200).collect::<String>();
    let titles = [
        ("en-US", format!("tariff {}", long("unbreakable"))),
        ("en-US", long("tariff talks resume after a long pause ")),
        ("en-US", long("an event in short words ")),
        ("zh-CN", format!("关税{}", long("中国对日本稀土出口管制措施"))),
        ("ar-SA", format!("tariff {}", long("استئناف محادثات الرسوم الجمركية "))),
        ("ja-JP", format!("関税{}", long("レアアース輸出規制の影響"))),
    ];
    let sources = ["Here Times", &long("Sourcewithoutspaces"), "新华网", "صحيفة", &long("A source of many words ")]
        .map(str::to_owned);
    let lines = (1..).zip(titles.iter().cycle().zip(sources.iter().cycle()).take(20));
    // Titles about an event of the day, by one perspective.
    let letter = char::from(b'a' + day as u8);
    let event = long(&format!("ferry{letter} strike{letter} harbour{letter} "));
    let lines = lines.map(|(n, ((locale, title), source))| {
        let title = if *locale == "en-US" && n <= 10 { event.clone() } else { title.clone() };
        format!("{n}. [{locale}] [{title}](https://example.com/{day}/{n}) - {source} {n} (2/{day}/2026)\n")
    });
    let name = long("Perspectivewithoutspaces");
    format!(
        "---\ntopic: t\ntopicName: '{}'\ndate: 2026-02-{day:02}T04:00:00.000Z\nperspectives:\n  - id: \"here\"\n    name: \"{name}\"\n    \
         count: 10\n  - id: \"there\"\n    name: \"هناك\"\n    count: 10\n---\n\n## Overall Highlights\n\n- tariff {}\n\n\
         ## {name} Perspective\n\n- tariff {}\n\n## هناك Perspective\n\n- tariff {}\n\n## Sources\n\n{}",
        long("Topicwithoutspaces"),
        long("超长"),
        long("bullet"),
        long("نص "),
        lines.collect::<String>(),
    )
}

#[test]
fn long_titles_in_any_script_fit_any_width() {
    let env = TestEnv::new();
    for day in 1..=20 {
        env.write(&format!("corpus/t/2026-02-{day:02}.md"), digest(day));
    }
    env.ok(&["index", "corpus"]);
    let server = Server::start(&env, &[]);
    let browser = Browser::open(&server);
    browser.expect_log("the server responded with a status of 4");
    let long = "w".repeat(200);
    let wrong = format!("/?q=%22{long}");
    let unknown = format!("/trend?topic={long}");
    check(
        &browser,
        &[
            ("long-start", "/?limit=50"),
            ("long-search", "/?q=tariff&topic=t&explain=true"),
            ("long-wrong", &wrong),
            ("long-unknown", &unknown),
            ("long-compare", "/compare?topic=t&keep-names=true&q=tariff"),
            ("long-words", "/compare?topic=t"),
            ("long-trend", "/trend?topic=t&q=tariff"),
            ("long-rising", "/trend?topic=t"),
            ("long-stories", "/stories"),
            ("long-gaps", "/gaps"),
            ("long-digest", "/digest?id=t/2026-02-10"),
        ],
    );
}

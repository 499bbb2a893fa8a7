//! The appearance of pages: on a phone, in the dark theme, in print, and their contrast.

use crate::{PAGES, Sample};

/// Texts with too little contrast: less than 4.5, or 3 for large text (WCAG).
const FAINT: &str = r"(() => {
    const dot = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
    const over = (colours) => {
        dot.fillStyle = matchMedia('print').matches ? 'white' : 'Canvas';
        dot.fillRect(0, 0, 1, 1);
        for (const colour of colours) { dot.fillStyle = colour; dot.fillRect(0, 0, 1, 1); }
        return [...dot.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = (rgb) => rgb.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const faint = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode());) {
        const element = text.parentElement;
        if (!text.data.trim() || !element.checkVisibility() || element.closest('svg, script, style, noscript, title')) continue;
        const style = getComputedStyle(element);
        const behind = [];
        for (let e = element; e; e = e.parentElement) behind.unshift(getComputedStyle(e).backgroundColor);
        const [a, b] = [light(over(behind)), light(over([...behind, style.color]))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const size = parseFloat(style.fontSize);
        const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
        if (ratio < least) faint.push(`${ratio.toFixed(2)} ${element.tagName}.${element.className}: ${text.data.trim().slice(0, 40)}`);
    }
    return [...new Set(faint)];
})()";

/// The lightness of background and text, from 0 to 255.
const GROUND: &str = "(s => [s(getComputedStyle(document.documentElement).backgroundColor), s(getComputedStyle(document.body).color)])\
    (colour => { const c = document.createElement('canvas').getContext('2d'); c.fillStyle = 'Canvas'; c.fillRect(0, 0, 1, 1);\
    c.fillStyle = colour; c.fillRect(0, 0, 1, 1); return c.getImageData(0, 0, 1, 1).data[1]; })";

#[test]
fn pages_fit_a_phone() {
    let sample = Sample::open();
    let browser = sample.of_problems();
    browser.phone();
    for (name, target) in PAGES {
        browser.go(target);
        browser.picture(&format!("{name}-phone"));
        let wide: Vec<String> = browser
            .js("[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 361)\
             .map(e => `${e.tagName}#${e.id}.${e.getAttribute('class')} ${e.getBoundingClientRect().right}`)");
        assert!(browser.js::<f64>("document.documentElement.scrollWidth") <= 360.0, "{name}: {wide:#?}");
        assert_eq!(browser.js::<f64>("visualViewport.scale"), 1.0, "{name}: nothing makes it zoom out");
    }
}

#[test]
fn pages_have_a_light_and_a_dark_theme() {
    let sample = Sample::open();
    let browser = sample.of_problems();
    for scheme in ["light", "dark"] {
        browser.look(scheme, "");
        for (name, target) in PAGES {
            browser.go(target);
            browser.picture(&format!("{name}-{scheme}"));
            let (ground, text): (u8, u8) = browser.js(GROUND);
            let is_dark = ground < 64 && text > 160;
            assert!(
                if scheme == "dark" { is_dark } else { ground > 224 && text < 96 },
                "{name} {scheme}: {ground} {text}"
            );
            assert_eq!(browser.js::<Vec<String>>(FAINT), Vec::<String>::new(), "{name} {scheme}");
        }
    }
}

#[test]
fn pages_can_be_printed() {
    let sample = Sample::open();
    let browser = sample.of_problems();
    for (name, target) in PAGES {
        browser.look("dark", "print");
        browser.go(target);
        browser.picture(&format!("{name}-print"));
        let hidden = "[...document.querySelectorAll('nav, #fields, button, #facets, .skip')].filter(e => e.checkVisibility()).map(e => e.outerHTML)";
        assert_eq!(browser.js::<Vec<String>>(hidden), Vec::<String>::new(), "{name}");
        let (ground, text): (u8, u8) = browser.js(GROUND);
        assert!(ground > 224 && text < 96, "{name}: black on white, whatever the screen: {ground} {text}");
        assert_eq!(browser.js::<Vec<String>>(FAINT), Vec::<String>::new(), "{name}");
    }
}

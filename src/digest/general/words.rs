//! Words that digests have in common: labels of lines, names of links, headings of summaries.

/// Kind of a labelled line below a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// Link to the article.
    Link,
    /// Name of its source, or a link to it.
    Source,
    /// Its description.
    Summary,
}

const LINK_LABELS: &[&str] = &[
    "link",
    "links",
    "url",
    "read more",
    "article",
    "full story",
    "original",
    "链接",
    "鏈接",
    "原文",
    "原文链接",
    "原文鏈接",
    "网址",
    "リンク",
    "링크",
    "enlace",
    "lien",
];

const SOURCE_LABELS: &[&str] = &[
    "source",
    "sources",
    "outlet",
    "publisher",
    "via",
    "来源",
    "來源",
    "消息来源",
    "出处",
    "出處",
    "媒体",
    "出典",
    "情報源",
    "출처",
    "fuente",
    "fuentes",
    "quelle",
];

const SUMMARY_LABELS: &[&str] = &[
    "summary",
    "description",
    "abstract",
    "tl;dr",
    "tldr",
    "excerpt",
    "摘要",
    "简介",
    "簡介",
    "概要",
    "要約",
    "요약",
    "resumen",
    "résumé",
    "zusammenfassung",
];

/// Texts of links that lead to the article whose title is elsewhere.
const READ_MORE: &[&str] = &[
    "read more",
    "more",
    "read",
    "read on",
    "continue reading",
    "read article",
    "read the article",
    "read full article",
    "read the full article",
    "full article",
    "full story",
    "read the full story",
    "original",
    "original article",
    "article",
    "source",
    "source link",
    "link",
    "url",
    "here",
    "view",
    "view article",
    "open",
    "原文",
    "原文链接",
    "原文鏈接",
    "阅读原文",
    "閱讀原文",
    "查看原文",
    "阅读全文",
    "閱讀全文",
    "阅读更多",
    "全文",
    "链接",
    "鏈接",
    "来源",
    "來源",
    "详情",
    "查看详情",
    "続きを読む",
    "元記事",
    "記事",
    "リンク",
    "出典",
    "원문",
    "원문 보기",
    "기사 원문",
    "더 보기",
    "자세히 보기",
    "링크",
    "출처",
    "leer más",
    "ver más",
    "enlace",
    "fuente",
    "lire la suite",
    "lire l'article",
    "lien",
    "weiterlesen",
    "zum artikel",
    "quelle",
];

/// Texts of links that lead to something about an article, or about the digest itself.
const OTHER_LINKS: &[&str] = &[
    "comment",
    "comments",
    "discuss",
    "discussion",
    "discussions",
    "thread",
    "permalink",
    "hn",
    "hn link",
    "hn discussion",
    "hn comments",
    "reddit discussion",
    "archive",
    "archived",
    "this",
    "this link",
    "that",
    "website",
    "homepage",
    "home",
    "subscribe",
    "unsubscribe",
    "edit",
    "edit this page",
    "edit this page on github",
    "improve this page",
    "share",
    "back",
    "back to top",
    "top",
    "next",
    "previous",
    "评论",
    "評論",
    "讨论",
    "討論",
    "コメント",
    "댓글",
    "comentarios",
    "commentaires",
    "kommentare",
    "论文地址",
    "論文地址",
    "项目地址",
    "項目地址",
    "访问网页版",
];

/// Words of headings above highlights, as whole words.
const SUMMARY_WORDS: &[&str] =
    &["summary", "highlights", "highlight", "overview", "tldr", "tl;dr", "resumen", "destacados", "résumé"];

/// The same in scripts without spaces.
const SUMMARY_SIGNS: &[&str] =
    &["摘要", "概览", "概覽", "概述", "要約", "概要", "ハイライト", "まとめ", "하이라이트", "요약", "개요"];

/// Returns a text in lower case, without white space, punctuation and signs around it.
pub fn bare(text: &str) -> String {
    let is_edge = |c: char| !c.is_alphanumeric();
    let text = text.trim_matches(is_edge);
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '’' => out.push('\''),
                c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
                c => out.extend(c.to_lowercase()),
            }
        }
    }
    out
}

/// Maximum length of a label in bytes.
const MAX_LABEL: usize = 60;

/// Returns the label of a line, without signs around it, and the offset of its value; none of a line without label.
pub fn any_label(line: &str) -> Option<(&str, usize)> {
    let (at, colon) = line.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
    // The colon of an address ends no label.
    if line[at..].starts_with("://") {
        return None;
    }
    as_label(&line[..at]).map(|name| (name, at + colon.len_utf8()))
}

/// Returns a text that may be a label, without signs around it.
pub fn as_label(text: &str) -> Option<&str> {
    let name = text.trim_matches(|c: char| !c.is_alphanumeric());
    (text.len() <= MAX_LABEL && !name.is_empty()).then_some(name)
}

/// Returns the kind of a label and the offset of its value in a line; none of a line without a label that has one.
pub fn label(line: &str) -> Option<(Label, usize)> {
    let (name, value) = any_label(line)?;
    let name = bare(name);
    let is_in = |labels: &[&str]| labels.contains(&name.as_str());
    let label = match () {
        () if is_in(LINK_LABELS) => Label::Link,
        () if is_in(SOURCE_LABELS) => Label::Source,
        () if is_in(SUMMARY_LABELS) => Label::Summary,
        () => return None,
    };
    Some((label, value))
}

/// Reports whether the text of a link only says that the article is there.
pub fn is_read_more(text: &str) -> bool {
    let bare = bare(text);
    READ_MORE.contains(&bare.as_str()) || bare.is_empty() && text.contains(['↗', '→', '🔗', '➡', '»', '›'])
}

/// Maximum length in bytes of a text that may name a link.
const MAX_LINK_NAME: usize = 60;

/// Reports whether the text of a link names the link rather than an article: *here*, *comments*, *12 points*.
pub fn is_link_name(text: &str) -> bool {
    // Most titles are longer than any of the names.
    if text.len() > MAX_LINK_NAME {
        return false;
    }
    let bare = bare(text);
    bare.is_empty() || is_read_more(text) || OTHER_LINKS.contains(&bare.as_str()) || is_count(&bare)
}

/// Reports whether a text counts comments and points, such as `502 comments 907 points`.
fn is_count(bare: &str) -> bool {
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '+' | 'k'));
    let is_unit = |word: &str| {
        matches!(word, "comment" | "comments" | "point" | "points" | "replies" | "votes" | "upvotes" | "and")
    };
    let mut words = bare.split([' ', ',', '|', '·']).filter(|word| !word.is_empty()).peekable();
    let starts = words.peek().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    starts && bare.split_whitespace().any(is_unit) && words.all(|word| is_number(word) || is_unit(word))
}

/// Reports whether a heading announces a summary of the digest.
pub fn is_summary(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    SUMMARY_SIGNS.iter().any(|sign| lower.contains(sign))
        || lower.split(|c: char| !c.is_alphanumeric() && c != ';').any(|word| SUMMARY_WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_begin_a_line() {
        for (line, expect) in [
            ("Source: brandonsun", Some((Label::Source, " brandonsun"))),
            ("Link: https://a.example", Some((Label::Link, " https://a.example"))),
            ("🔗 链接：x", Some((Label::Link, "x"))),
            ("출처: 뉴스", Some((Label::Source, " 뉴스"))),
            ("摘要：甲乙", Some((Label::Summary, "甲乙"))),
            ("TL;DR: x", Some((Label::Summary, " x"))),
            ("Market: x", None),
            ("no label", None),
        ] {
            assert_eq!(label(line).map(|(label, at)| (label, &line[at..])), expect, "{line}");
        }
    }

    #[test]
    fn names_of_links_are_no_titles() {
        for text in [
            "here",
            "Read more…",
            "[原文]",
            "↗",
            "🔗 阅读全文",
            "502 comments 907 points",
            "Comments",
            "12,345 comments",
        ] {
            assert!(is_link_name(text), "{text}");
        }
        for text in ["Here we go again", "5 comments that changed the law", "2048", "Comment on the budget"] {
            assert!(!is_link_name(text), "{text}");
        }
        assert!(is_read_more("Read more →") && is_read_more("↗") && !is_read_more("comments"));
    }

    #[test]
    fn summaries_are_named_in_their_heading() {
        for heading in
            ["Summary", "Key Highlights", "📊 今日概览", "AI内容摘要", "Resumen del día", "TL;DR", "오늘의 요약"]
        {
            assert!(is_summary(heading), "{heading}");
        }
        for heading in ["Summaryless", "News", "头条新闻"] {
            assert!(!is_summary(heading), "{heading}");
        }
    }
}

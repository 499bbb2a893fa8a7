//! Checks of pictures, read with a different XML parser than the writer's.

use roxmltree::{Document, Node};

use crate::render::svg::lettering::width;

fn number(node: Node, name: &str) -> f64 {
    node.attribute(name).map_or(0.0, |number| number.parse().expect("a number"))
}

/// Returns the points of a path, a list for each subpath.
pub fn points(node: Node) -> Vec<Vec<(f64, f64)>> {
    let parts = node.attribute("d").unwrap_or_default().trim_end_matches('Z').split('M').skip(1);
    let point = |point: &str| match point.split(' ').map(str::parse).collect::<Result<Vec<f64>, _>>().as_deref() {
        Ok([x, y]) => (*x, *y),
        _ => panic!("{point} is not a point"),
    };
    parts.map(|part| part.split('L').map(point).collect()).collect()
}

/// Returns the left, top, right and bottom of an element.
fn bounds(node: Node) -> Option<[f64; 4]> {
    let at = |name| number(node, name);
    Some(match node.tag_name().name() {
        "rect" => [at("x"), at("y"), at("x") + at("width"), at("y") + at("height")],
        "circle" => [at("cx") - at("r"), at("cy") - at("r"), at("cx") + at("r"), at("cy") + at("r")],
        "line" => [at("x1").min(at("x2")), at("y1").min(at("y2")), at("x1").max(at("x2")), at("y1").max(at("y2"))],
        "path" => points(node)
            .concat()
            .iter()
            .fold([f64::MAX, f64::MAX, 0.0, 0.0], |[l, t, r, b], (x, y)| [l.min(*x), t.min(*y), r.max(*x), b.max(*y)]),
        "text" => {
            let bold = if node.has_attribute("font-weight") { 1.1 } else { 1.0 };
            let (size, x, y) = (at("font-size"), at("x"), at("y"));
            let wide = width(node.text().unwrap_or_default(), size * bold);
            let left = match node.attribute("text-anchor") {
                Some("middle") => x - wide / 2.0,
                Some("end") => x - wide,
                _ => x,
            };
            [left, y - size * 0.8, left + wide, y + size * 0.2]
        }
        _ => return None,
    })
}

/// Checks that all elements are within the picture, that texts do not overlap, and that nothing affects a page around it.
pub fn check(svg: &str) {
    let document = Document::parse(svg).expect("XML");
    let root = document.root_element();
    let all = [0.0, 0.0, number(root, "width"), number(root, "height")];
    assert_eq!(root.attribute("viewBox"), Some(format!("0 0 {} {}", all[2], all[3]).as_str()));
    let mut texts: Vec<(Node, [f64; 4])> = Vec::new();
    for node in document.descendants().filter(Node::is_element) {
        assert!(
            ["svg", "g", "title", "desc", "text", "rect", "circle", "line", "path"].contains(&node.tag_name().name())
        );
        let bad = ["id", "class", "style", "href"];
        assert!(node.attributes().all(|a| !bad.contains(&a.name()) && !a.name().starts_with("on")), "{node:?}");
        let Some(own) = bounds(node) else { continue };
        let within = own[0] >= 0.0 && own[1] >= 0.0 && own[2] <= all[2] && own[3] <= all[3];
        assert!(within, "{node:?} {own:?} in {all:?}");
        if node.tag_name().name() == "text" {
            let is_separate =
                |other: &[f64; 4]| own[0] >= other[2] || own[2] <= other[0] || own[1] >= other[3] || own[3] <= other[1];
            for (other, bounds) in &texts {
                assert!(is_separate(bounds), "{:?} over {:?}: {own:?}, {bounds:?}", node.text(), other.text());
            }
            texts.push((node, own));
        }
    }
}

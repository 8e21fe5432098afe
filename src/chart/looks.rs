//! What every chart is held to: all text lies inside, and none on other text, whatever the data, the theme and the width; and one chart of
//! each kind is as it was (`golden/`).

use std::path::PathBuf;

use super::{Drawing, Font, Style, Theme, text_boxes, to_png};
use crate::error::Result;
use crate::table::write_whole;

/// A label as long as they come.
pub(super) const LONG: &str =
    "promoting the building of an open, inclusive, clean and beautiful world that enjoys lasting peace, universal security and common prosperity";
/// The same in Chinese.
pub(super) const LONG_ZH: &str = "推动建设持久和平、普遍安全、共同繁荣、开放包容、清洁美丽的世界和人类命运共同体以及更加公正合理的全球治理体系";

/// Labels of every sort.
pub(super) fn label(i: usize) -> String {
    match i % 5 {
        0 => format!("true multilateralism {i} · 真正的多边主义"),
        1 => format!("{LONG} {i}"),
        2 => format!("{LONG_ZH}{i}"),
        3 => format!("GDI {i}"),
        _ => format!("Zoltán Mérő & Gu Wenzhou ({i})"),
    }
}

/// Draws in every theme, narrow and wide, and looks at each text. With `TIFA_LOOK=DIR` in the environment the pictures are left there.
pub(super) fn check(name: &str, chart: impl Fn(&Style) -> Result<Drawing>) {
    for (theme_name, theme) in Theme::ALL {
        for width in [Style::NARROWEST, 1040, 1600] {
            if theme != Theme::Light && width != 1040 {
                continue;
            }
            let style = Style { width, theme, ..Style::default() };
            let drawing = chart(&style).unwrap();
            let case = format!("{name}-{theme_name}-{width}");
            if let Some(folder) = std::env::var_os("TIFA_LOOK").filter(|_| width < 1600) {
                write_whole(&PathBuf::from(folder).join(format!("{case}.png")), &to_png(&drawing.svg, &style.font).unwrap()).unwrap();
            }
            sound(&case, &drawing, &style);
        }
    }
}

fn sound(case: &str, drawing: &Drawing, style: &Style) {
    let ((width, height), boxes) = text_boxes(&drawing.svg, &style.font).unwrap();
    assert!(!boxes.is_empty() && width >= style.width as f32, "{case}");
    for (i, text) in boxes.iter().enumerate() {
        let [left, top, right, bottom] = text.sides;
        assert!(left >= 0.0 && top >= 0.0 && right <= width && bottom <= height, "{case}: outside of {width} × {height}: {text:?}");
        if let Some(other) = boxes[..i].iter().find(|o| o.overlaps(text)) {
            panic!("{case}: {other:?} lies on {text:?}");
        }
    }
    for mark in &drawing.marks {
        let [x, y, w, h] = mark.area;
        assert!(x >= 0 && y >= 0 && w > 0 && h > 0 && (x + w) as f32 <= width && (y + h) as f32 <= height, "{case}: {mark:?}");
    }
}

/// Holds a chart against the one in `golden/`; `TIFA_UPDATE=1` in the environment renews that.
pub(super) fn golden(name: &str, chart: impl Fn(&Style) -> Result<Drawing>) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{name}.svg"));
    let svg = chart(&Style::default()).unwrap().svg;
    if std::env::var_os("TIFA_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        write_whole(&path, svg.as_bytes()).unwrap();
    }
    let want = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(svg == want, "{name}: not as in {}; look at both, and renew it with TIFA_UPDATE=1", path.display());
}

#[test]
fn the_check_sees_what_is_wrong() {
    let svg = |texts: &str| {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"60\" font-family=\"Noto Sans SC\" font-size=\"14\">{texts}</svg>");
        Drawing { svg, ..Drawing::default() }
    };
    let style = Style { width: 200, font: Font::default(), ..Style::default() };
    let fails = |texts: &str| std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| sound("x", &svg(texts), &style))).is_err();
    assert!(!fails("<text x=\"10\" y=\"20\">one</text><text x=\"10\" y=\"50\">two</text>"));
    assert!(fails("<text x=\"10\" y=\"20\">one</text><text x=\"20\" y=\"22\">two</text>"));
    assert!(fails("<text x=\"190\" y=\"20\">cut off</text>"));
    assert!(fails(""));
}

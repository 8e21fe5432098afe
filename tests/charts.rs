//! Every kind of chart of the sample corpus, in both languages of the interface: nothing is cut off, nothing lies on anything else.
//! (The charts by themselves are held to that with data of every sort in `src/chart`.)

use tifa::analysis::Comparison;
use tifa::chart::{Style, Theme, text_boxes};
use tifa::lexicon::Lexicons;
use tifa::report::{ChartOptions, Kind, NamedComparison, Settings, Ui, chart};
use tifa::scan::{How, Scan};

use crate::project;

fn scan() -> (Scan, Lexicons) {
    let lexicons = Lexicons::load(&[] as &[std::path::PathBuf], false).unwrap();
    let scan = Scan::open(&[project("tests/corpus")], &How::default(), || Ok(&lexicons), false, &()).unwrap();
    (scan, lexicons)
}

fn settings(ui: Ui) -> Settings {
    let comparison = Comparison::of("speaker=Gu Wenzhou".parse().unwrap(), None);
    let comparisons = vec![NamedComparison { name: "gu".into(), comparison }];
    Settings { ui, top: 12, comparisons, ..Settings::default() }
}

#[test]
fn no_text_is_cut_off_or_covered() {
    let (scan, lexicons) = scan();
    for (kind, name, _) in Kind::ALL {
        for (ui, theme, width) in [(Ui::En, Theme::Light, 1040), (Ui::Zh, Theme::Dark, 1040), (Ui::En, Theme::Print, 560), (Ui::Zh, Theme::Light, 1600)] {
            let style = Style { width, theme, ..Style::default() };
            let drawing = chart(kind, &scan, &lexicons, &settings(ui), ChartOptions::default(), style.clone()).unwrap();
            assert!(drawing.missing.is_empty(), "{name}: {:?}", drawing.missing);
            let ((right, bottom), boxes) = text_boxes(&drawing.svg, &style.font).unwrap();
            assert!(boxes.len() > 2, "{name} {ui:?}");
            for (i, text) in boxes.iter().enumerate() {
                let [x0, y0, x1, y1] = text.sides;
                assert!(x0 >= 0.0 && y0 >= 0.0 && x1 <= right && y1 <= bottom, "{name} {ui:?} {width}: outside: {text:?}");
                assert!(!boxes[..i].iter().any(|o| o.overlaps(text)), "{name} {ui:?} {width}: covered: {text:?}");
            }
        }
    }
}

/// The words of charts are those of the interface, whatever the language of documents.
#[test]
fn charts_speak_the_language_asked_for() {
    let (scan, lexicons) = scan();
    let title = |ui| {
        let drawing = chart(Kind::Trend, &scan, &lexicons, &settings(ui), ChartOptions::default(), Style::default()).unwrap();
        text_boxes(&drawing.svg, &Style::default().font).unwrap().1[0].text.clone()
    };
    assert!(title(Ui::En).starts_with("How often") && title(Ui::Zh).chars().all(|c| !c.is_ascii_alphabetic()));
}

//! Lines over time, one panel a language: together where they can be told apart, else each in a small plot of its own. Under them a strip
//! shows how much text there was.

mod multiples;
mod together;

use super::canvas::{Canvas, Caption, Drawing, Link, draw};
use super::plot::Plot;
use super::style::{SERIES, Style};
use crate::error::Result;

/// Values over time.
#[derive(Debug, Clone, Default)]
pub struct Trend {
    /// What is said of it.
    pub caption: Caption,
    /// The periods, in order, without gaps.
    pub periods: Vec<String>,
    /// One panel a language: rates are never pooled.
    pub panels: Vec<Panel>,
    /// Whether each line has a plot of its own; `None`: where they would tangle.
    pub apart: Option<bool>,
    /// What to say where small plots have scales of their own.
    pub own_scales: String,
}

/// The lines of one language.
#[derive(Debug, Clone, Default)]
pub struct Panel {
    /// What the panel shows, in which unit.
    pub title: String,
    /// Text per period; 0 is a gap, not a zero.
    pub exposure: Vec<u64>,
    /// What to say of it.
    pub exposure_words: String,
    /// The lines.
    pub series: Vec<Series>,
}

/// One line.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// Its label, with how many it counts.
    pub label: String,
    /// A point for each period; `None` without text.
    pub points: Vec<Option<Point>>,
}

/// A value with its interval.
#[derive(Debug, Clone, Default)]
pub struct Point {
    /// The value.
    pub value: f64,
    /// The lower end of its interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// What stands behind it.
    pub link: Option<Link>,
}

/// Above this many crossings a period, lines cannot be followed.
const CROSSINGS: f64 = 1.5;

impl Panel {
    /// Whether its lines are better drawn each by itself: more than there are colours, or crossing and touching all the time.
    fn tangles(&self) -> bool {
        let n = self.series.len();
        let mut crossings = 0;
        let mut steps = 0;
        for period in 1..self.exposure.len() {
            let values: Vec<(f64, f64)> = self.series.iter().filter_map(|s| Some((s.at(period - 1)?, s.at(period)?))).collect();
            steps += usize::from(values.len() > 1);
            for (i, a) in values.iter().enumerate() {
                crossings += values[..i].iter().filter(|b| (a.0 - b.0) * (a.1 - b.1) <= 0.0).count();
            }
        }
        n > SERIES || (n > 3 && crossings as f64 > CROSSINGS * steps as f64 && steps > 1)
    }

    /// What the axis has to hold.
    fn highest(&self, bands: bool) -> f64 {
        self.series.iter().map(|s| s.highest(bands)).fold(0.0, f64::max)
    }
}

impl Series {
    fn at(&self, period: usize) -> Option<f64> {
        self.points.get(period)?.as_ref().map(|p| p.value)
    }

    /// The highest value; of intervals that are drawn their ends, unless they are far above it.
    fn highest(&self, bands: bool) -> f64 {
        let points = || self.points.iter().flatten();
        let value = points().map(|p| p.value).fold(0.0, f64::max);
        let high = points().filter_map(|p| p.high).fold(0.0, f64::max);
        if bands { high.min(1.5 * value).max(value) } else { value }
    }
}

impl Trend {
    /// Whether the lines of a panel are drawn each by itself.
    fn is_apart(&self, panel: &Panel) -> bool {
        self.apart.unwrap_or_else(|| panel.tangles())
    }

    /// Whether any interval is drawn.
    pub fn has_bands(&self) -> bool {
        self.panels.iter().any(|p| self.is_apart(p) || together::has_bands(p))
    }
}

/// Draws `trend`.
///
/// # Errors
/// What plotters cannot draw.
pub fn trend(trend: &Trend, style: &Style) -> Result<Drawing> {
    let panels: &[Panel] = if trend.periods.is_empty() { &[] } else { &trend.panels };
    let apart: Vec<bool> = panels.iter().map(|p| trend.is_apart(p)).collect();
    let heights: Vec<i32> =
        panels.iter().zip(&apart).map(|(panel, apart)| if *apart { multiples::height(panel, style) } else { together::height(panel, style) }).collect();
    let height: i32 = heights.iter().sum();
    draw(style, &trend.caption, (height > 0).then_some(height), |canvas, mut top| {
        for ((panel, apart), height) in panels.iter().zip(&apart).zip(&heights) {
            if *apart {
                multiples::paint(canvas, trend, panel, top)?;
            } else {
                together::paint(canvas, trend, panel, top)?;
            }
            top += height;
        }
        Ok(())
    })
}

/// A line through the periods with text, broken where there is none, with its interval behind it.
fn line(canvas: &Canvas<'_>, plot: &Plot<'_, '_>, series: &Series, colour: usize, band: bool) -> Result<()> {
    let points: Vec<Option<(usize, &Point)>> = series.points.iter().enumerate().map(|(i, p)| p.as_ref().map(|p| (i, p))).collect();
    let stretches = || points.split(Option::is_none).map(|s| s.iter().flatten().copied().collect::<Vec<(usize, &Point)>>()).filter(|s| !s.is_empty());
    for stretch in stretches().filter(|_| band) {
        let edge = |end: fn(&Point) -> Option<f64>| stretch.iter().map(move |(i, p)| (plot.x(*i), plot.y(end(p).unwrap_or(p.value))));
        let (low, high): (Vec<_>, Vec<_>) = (edge(|p| p.low).collect(), edge(|p| p.high).collect());
        if stretch.len() == 1 {
            canvas.line(&[low[0], high[0]], canvas.colour(colour), 1)?;
        } else {
            canvas.area(&low.into_iter().chain(high.into_iter().rev()).collect::<Vec<_>>(), canvas.colour(colour), 0.15)?;
        }
    }
    for stretch in stretches() {
        let at: Vec<(i32, i32)> = stretch.iter().map(|(i, p)| (plot.x(*i), plot.y(p.value))).collect();
        if at.len() > 1 {
            canvas.line(&at, canvas.colour(colour), 2)?;
        }
        for ((_, point), (x, y)) in stretch.iter().zip(at) {
            // Where periods are as narrow as markers, the line is enough.
            if plot.step() >= 9.0 || stretch.len() == 1 {
                canvas.marker(colour, (x, y))?;
            }
            canvas.mark(point.link.as_ref(), (x - 6, y - 6), (x + 6, y + 6));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::looks::{check, golden, label};

    fn sample(series: usize, periods: usize, panels: usize) -> Trend {
        let point = |s: usize, p: usize| {
            let value = ((s * 7 + p * 5) % 11) as f64 * (1.0 + s as f64 / 3.0);
            let link = Link { query: format!("s{s}p{p}"), title: "3 in 2 documents".into() };
            ((p + s) % 6 != 4).then(|| Point { value, low: Some(value / 2.0), high: Some(value * 1.6 + 1.0), link: Some(link) })
        };
        let line = |s: usize| Series { label: label(s), points: (0..periods).map(|p| point(s, p)).collect() };
        let panel = |n: usize| Panel {
            title: if n == 0 { "English – per 10,000 words".into() } else { "中文——每万字".into() },
            exposure: (0..periods).map(|p| if p % 6 == 4 { 0 } else { 1000 + 300 * p as u64 }).collect(),
            exposure_words: "text read: 123,456 words".into(),
            series: (0..series).map(line).collect(),
        };
        Trend {
            caption: Caption {
                title: "How often the commonest formulas are used, by month".into(),
                subtitle: "16 documents, 120 occurrences; in brackets: occurrences of the formula; gaps: no text; bands: 95 % intervals".into(),
                note: "tifa 0.1.0; prc-diplomacy 0.2.1".into(),
                empty: "Nothing dated was found.".into(),
            },
            periods: (0..periods).map(|p| format!("{}-{:02}", 2020 + p / 12, p % 12 + 1)).collect(),
            panels: (0..panels).map(panel).collect(),
            apart: None,
            own_scales: "each on a scale of its own".into(),
        }
    }

    #[test]
    fn nothing_overlaps() {
        for (series, periods, panels) in
            [(0, 0, 0), (1, 1, 1), (1, 12, 2), (3, 7, 1), (6, 30, 2), (7, 120, 1), (12, 5, 1), (40, 24, 1), (40, 1, 1), (2, 366, 1)]
        {
            let data = sample(series, periods, panels);
            check(&format!("trend-{series}-{periods}-{panels}"), |style| trend(&data, style));
            let apart = Trend { apart: Some(true), ..data };
            check(&format!("trend-apart-{series}-{periods}-{panels}"), |style| trend(&apart, style));
        }
    }

    #[test]
    fn many_lines_and_lines_that_cross_are_drawn_apart() {
        let lines = |values: &[&[f64]]| Panel {
            exposure: vec![1; values[0].len()],
            series: values
                .iter()
                .map(|v| Series { label: String::new(), points: v.iter().map(|x| Some(Point { value: *x, ..Point::default() })).collect() })
                .collect(),
            ..Panel::default()
        };
        let (up, down) = ([1.0, 5.0, 1.0, 5.0, 1.0, 5.0], [5.0, 1.0, 5.0, 1.0, 5.0, 1.0]);
        assert!(!lines(&[&up, &down]).tangles());
        assert!(lines(&[&up, &down, &up, &down]).tangles());
        assert!(!lines(&[&up, &[6.0; 6], &[7.0; 6], &[8.0; 6]]).tangles());
        assert!(lines(&[&[1.0][..]; 8]).tangles());
    }

    #[test]
    fn marks_lie_on_points() {
        let drawing = trend(&sample(1, 12, 1), &Style::default()).unwrap();
        assert_eq!(drawing.marks.len(), 10);
        assert_eq!(drawing.marks[0].link.query, "s0p0");
    }

    #[test]
    fn is_as_it_was() {
        golden("trend", |style| trend(&sample(3, 12, 2), style));
        golden("trend-apart", |style| trend(&sample(9, 12, 1), style));
    }
}

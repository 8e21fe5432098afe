//! `tifa chart`: one chart.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::Global;
use super::common::{FilterArgs, Inputs, finished, lexicons, say_absent, scan};
use super::output::{check_place, print};
use crate::analysis::{Comparison, Dimension, why_empty};
use crate::chart::{Drawing, Font, Style, is_png, to_png};
use crate::error::{Error, Result};
use crate::report::{ChartOptions, Kind, NamedComparison, Settings, chart};
use crate::table::write_whole;

/// The arguments of `tifa chart`.
#[derive(Debug, Args)]
#[command(after_long_help = kinds())]
pub(super) struct ChartArgs {
    /// What to draw: trend, themes, speakers, profiles, comparison, adoption, dispersion, renderings, cooccurrence.
    #[arg(value_name = "KIND", value_parser = |name: &str| name.parse::<Kind>().map_err(|e| e.to_string()))]
    kind: Kind,
    #[command(flatten)]
    inputs: Inputs,
    /// The file to write, .svg or .png [default: SVG to a pipe].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    look: LookArgs,
    /// trend, themes, renderings: the length of periods: day, week, month, quarter, year [default: what suits the corpus].
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// How many lines, panels or columns at most, the commonest; rows are two to four times as many.
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u16).range(1..=40))]
    top: u16,
    /// trend: whether each line has a plot of its own [default: auto].
    #[arg(long, value_name = "WHEN")]
    apart: Option<When>,
    /// speakers, profiles: whose: speaker, side, source, genre … [default: speaker].
    #[arg(long, value_name = "COLUMN")]
    each: Option<String>,
    /// cooccurrence: in the same document, paragraph or sentence [default: document].
    #[arg(long, value_name = "UNIT")]
    within: Option<Unit>,
    /// comparison: the first group, as `tifa compare` takes it.
    #[arg(long, value_name = "GROUP")]
    a: Option<String>,
    /// comparison: the second group [default: the rest].
    #[arg(long, value_name = "GROUP", requires = "a")]
    b: Option<String>,
    #[command(flatten)]
    filter: FilterArgs,
}

/// How a chart is to look.
#[derive(Debug, Args)]
#[command(next_help_heading = "Look")]
struct LookArgs {
    /// Colours: light, dark, or print (greys on white).
    #[arg(long, value_name = "STYLE", default_value = "light")]
    style: String,
    /// The width in pixels; a PNG has twice as many.
    #[arg(long, value_name = "PIXELS", default_value_t = 1040, value_parser = clap::value_parser!(i32).range(i64::from(Style::NARROWEST)..=i64::from(Style::WIDEST)))]
    width: i32,
    /// The height of each plot over time in pixels; other charts are as high as their rows need.
    #[arg(long, value_name = "PIXELS", default_value_t = 250, value_parser = clap::value_parser!(i32).range(120..=2000))]
    height: i32,
    /// The language of the chart's own words: en or zh.
    #[arg(long, value_name = "LANG", default_value = "en")]
    ui: String,
    /// A font (TrueType, OpenType) for characters that the built-in one lacks, such as Korean.
    #[arg(long, value_name = "FILE")]
    font: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    /// Where they would tangle.
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    Document,
    Paragraph,
    Sentence,
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Unit::Document => "document",
            Unit::Paragraph => "paragraph",
            Unit::Sentence => "sentence",
        }
    }
}

fn kinds() -> String {
    let kinds: Vec<String> = Kind::ALL.iter().map(|(_, name, shows)| format!("  {name}: {shows}")).collect();
    format!("Kinds:\n{}", kinds.join("\n"))
}

impl LookArgs {
    fn style(&self) -> Result<Style> {
        let font = match &self.font {
            Some(path) => {
                let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
                Font::preferring(&bytes).map_err(|e| Error::Usage(format!("--font {}: {e}", path.display())))?
            }
            None => Font::default(),
        };
        let theme = self.style.parse().map_err(|e| Error::Usage(format!("--style {e}")))?;
        Ok(Style { width: self.width, plot: self.height, theme, font })
    }
}

impl ChartArgs {
    /// Refuses options that the kind does not take.
    fn check(&self) -> Result<()> {
        let options: [(&str, bool, &[Kind]); 5] = [
            ("apart", self.apart.is_some(), &[Kind::Trend]),
            ("each", self.each.is_some(), &[Kind::Speakers, Kind::Profiles]),
            ("within", self.within.is_some(), &[Kind::Cooccurrence]),
            ("a", self.a.is_some(), &[Kind::Comparison]),
            ("period", self.period.is_some(), &[Kind::Trend, Kind::Themes, Kind::Renderings]),
        ];
        match options.iter().find(|(_, given, kinds)| *given && !kinds.contains(&self.kind)) {
            Some((name, _, kinds)) => {
                let kinds: Vec<&str> = kinds.iter().map(|k| k.name()).collect();
                Err(Error::Usage(format!("--{name}: is for {}; leave it out of {}", kinds.join(", "), self.kind.name())))
            }
            None => self.output.as_deref().map_or(Ok(()), check_place),
        }
    }

    fn settings(&self) -> Result<Settings> {
        let comparison = match &self.a {
            Some(a) => Some(Comparison::of(a.parse()?, self.b.as_deref().map(str::parse).transpose()?)),
            None if self.kind == Kind::Comparison => {
                return Err(Error::Usage("comparison: of which groups? give --a GROUP and, unless it is the rest, --b GROUP".into()));
            }
            None => None,
        };
        Ok(Settings {
            ui: self.look.ui.parse().map_err(|e| Error::Usage(format!("--ui {e}")))?,
            period: self.period.as_deref().map(Dimension::period).transpose()?,
            top: usize::from(self.top),
            filter: self.filter.filter()?,
            comparisons: comparison.into_iter().map(|comparison| NamedComparison { name: "groups".into(), comparison }).collect(),
            each: Dimension::of_text(self.each.as_deref().unwrap_or("speaker")).map_err(|e| Error::Usage(format!("--each {e}")))?,
            ..Settings::default()
        })
    }
}

pub(super) fn run(args: &ChartArgs, global: &Global) -> Result<ExitCode> {
    args.check()?;
    let (settings, style) = (args.settings()?, args.look.style()?);
    let picture = args.output.as_deref().map(is_png).transpose()?.unwrap_or(false);
    if args.output.is_none() && std::io::stdout().is_terminal() {
        return Err(Error::Usage("where to? give -o FILE.svg or -o FILE.png".into()));
    }
    let options = ChartOptions {
        apart: match args.apart {
            None | Some(When::Auto) => None,
            Some(When::Always) => Some(true),
            Some(When::Never) => Some(false),
        },
        within: args.within.unwrap_or(Unit::Document).name(),
    };
    let scan = scan(&args.inputs, global)?;
    say_absent(&scan, &settings.filter, global)?;
    let drawing = chart(args.kind, &scan, &lexicons(global)?, &settings, options, style.clone())?;
    if !global.quiet {
        say(&drawing, args.kind, why_empty(&scan, &settings.filter)?);
    }
    match &args.output {
        Some(file) if picture => write_whole(file, &to_png(&drawing.svg, &style.font)?)?,
        Some(file) => write_whole(file, drawing.svg.as_bytes())?,
        None => print(drawing.svg.as_bytes())?,
    }
    Ok(finished(&scan, global))
}

/// What is amiss with a chart; `why` nothing was found at all, if that is so.
fn say(drawing: &Drawing, kind: Kind, why: Option<String>) {
    if drawing.is_empty {
        let hint = match kind {
            Kind::Renderings => "no formula of these has three occurrences in other wordings than its commonest",
            Kind::Cooccurrence => "no two formulas stand in the same two texts",
            Kind::Adoption => "nobody of another side uses a formula here with a date",
            Kind::Comparison => "no formula occurs in the text of both groups' languages",
            _ => "no formula was found in text with a date and a speaker, as this chart needs them",
        };
        let why = why.unwrap_or_else(|| format!("{hint}; widen the filters"));
        say!("tifa: the chart is empty: {why}");
    }
    if !drawing.missing.is_empty() {
        let missing: String = drawing.missing.iter().take(20).collect();
        say!("tifa: the built-in font has no {missing}; give --font FILE with one that has");
    }
}

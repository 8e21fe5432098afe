//! From the glyphs that a page draws to lines of text.

use std::sync::mpsc;
use std::time::Duration;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};

use crate::corpus::encoding::decode;
use crate::text::is_han;

/// A line: where its baseline begins and ends, in points from the top left corner, and the size of its type.
#[derive(Debug)]
pub struct Line {
    pub x: f64,
    pub end: f64,
    pub y: f64,
    pub size: f64,
    pub text: String,
}

/// A page.
#[derive(Debug)]
pub struct Page {
    pub height: f64,
    pub lines: Vec<Line>,
}

/// A PDF.
#[derive(Debug)]
pub struct Printed {
    /// The title that it gives itself, often that of a file or of a web page.
    pub title: String,
    pub pages: Vec<Page>,
}

/// A file in which more is drawn than this is no document.
const MOST_DRAWN: usize = 50_000_000;
/// A file that cannot even be opened in this time is no document.
const PATIENCE: Duration = Duration::from_secs(120);
const STACK: usize = 32 << 20;

/// Reads the lines of each page, in the order in which they are drawn.
///
/// # Errors
/// It is damaged or locked, or draws without end.
pub fn read(bytes: Vec<u8>) -> Result<Printed, String> {
    let (send, receive) = mpsc::channel();
    // On a thread of its own, since nothing else stops a file that calls itself again and again.
    let work = move || {
        let _ = send.send(interpret(bytes));
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).map_err(|e| e.to_string())?;
    match receive.recv_timeout(PATIENCE) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => Err("takes too long to read; print it to PDF again".into()),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            let stopped = thread.join().is_err_and(|why| why.is::<TooMuch>());
            Err(if stopped { "draws without end; print it to PDF again".into() } else { "is a damaged PDF".to_owned() })
        }
    }
}

/// What unwinds the interpreter, which cannot be told to stop.
struct TooMuch;

fn interpret(bytes: Vec<u8>) -> Result<Printed, String> {
    let pdf = Pdf::new(bytes).map_err(|e| match e {
        LoadPdfError::Decryption(_) => "is locked with a password; save it without".to_owned(),
        _ => "is a damaged PDF".to_owned(),
    })?;
    let cache = InterpreterCache::new();
    let mut drawn = 0;
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let frame = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = Affine::new(page.initial_transform(true).as_coeffs().map(f64::from));
        let mut context = Context::new(transform, frame, &cache, pdf.xref(), InterpreterSettings::default());
        let mut writer = Writer { lines: Vec::new(), end: None, drawn };
        interpret_page(page, &mut context, &mut writer);
        drawn = writer.drawn;
        pages.push(Page { height: f64::from(height), lines: writer.finish() });
    }
    let title = pdf.metadata().title.as_deref().and_then(|title| decode(title.to_vec())).map_or_else(String::new, |d| d.text);
    Ok(Printed { title, pages })
}

/// Puts glyphs together to lines.
struct Writer {
    lines: Vec<Line>,
    /// Where the last glyph ended, in which direction, and its size.
    end: Option<(Point, Vec2, f64)>,
    drawn: usize,
}

impl Writer {
    fn count(&mut self) {
        self.drawn += 1;
        if self.drawn > MOST_DRAWN {
            std::panic::resume_unwind(Box::new(TooMuch));
        }
    }

    /// Adds a glyph at `at` that moves on by `advance` in `direction`.
    fn put(&mut self, at: Point, direction: Vec2, advance: f64, size: f64, text: &str) {
        if !(at.x.is_finite() && at.y.is_finite() && advance.is_finite()) {
            return;
        }
        let gap = self.end.map(|(end, before, size_before)| {
            let (z, way) = (size_before.max(size), at - end);
            (way.dot(before) / z, way.cross(before).abs() / z, before.dot(direction))
        });
        // In units of the size: on the same line, not far back, not in another column.
        let same_line = gap.is_some_and(|(along, across, turn)| across <= 0.5 && along > -0.8 && along < 30.0 && turn > 0.9);
        if !same_line || self.lines.is_empty() {
            self.lines.push(Line { x: at.x, end: at.x, y: at.y, size, text: String::new() });
        }
        let Some(line) = self.lines.last_mut() else { return };
        let han = line.text.chars().next_back().is_some_and(is_han) && text.chars().next().is_some_and(is_han);
        let wide = if han { 0.9 } else { 0.18 };
        if same_line && gap.is_some_and(|(along, ..)| along > wide) && !line.text.ends_with(char::is_whitespace) && !text.starts_with(char::is_whitespace) {
            line.text.push(' ');
        }
        for c in text.chars() {
            match c {
                '\u{FB00}'..='\u{FB04}' => line.text.push_str(["ff", "fi", "fl", "ffi", "ffl"][c as usize - 0xFB00]),
                '\t' | '\r' | '\n' | '\u{A0}' => line.text.push(' '),
                c if c.is_control() => {}
                c => line.text.push(c),
            }
        }
        let end = at + direction * advance;
        line.end = line.end.max(end.x);
        self.end = Some((end, direction, size));
    }

    /// The lines with text; those drawn twice at the same place, to look bold, once.
    fn finish(mut self) -> Vec<Line> {
        self.lines.iter_mut().for_each(|l| l.text = l.text.trim().to_owned());
        self.lines.retain(|l| !l.text.is_empty());
        self.lines.dedup_by(|b, a| a.text == b.text && (a.x - b.x).abs() < 0.3 * a.size && (a.y - b.y).abs() < 0.3 * a.size);
        self.lines
    }
}

impl Device<'_> for Writer {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.count();
            let transform = props.transform * glyph.transform();
            let c = transform.as_coeffs();
            // Glyphs are drawn in units of a thousandth of their size.
            let (across, up) = (c[0].hypot(c[1]), c[2].hypot(c[3]));
            if !(across > 1e-9 && up > 1e-9) {
                continue;
            }
            let width = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let (direction, advance) = if run.writing_mode() == WritingMode::Vertical {
                (Vec2::new(-c[2] / up, -c[3] / up), 1000.0 * up)
            } else {
                (Vec2::new(c[0] / across, c[1] / across), f64::from(width.unwrap_or(500.0)) * across)
            };
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(s)) => s,
                None => char::REPLACEMENT_CHARACTER.to_string(),
            };
            self.put(transform * Point::ZERO, direction, advance, 1000.0 * up, &text);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.count();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.count();
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

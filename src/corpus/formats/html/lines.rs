//! The lines of a page: stretches of text between the borders of block elements.

use std::collections::HashMap;

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use super::blocks::Blocks;
use crate::corpus::layout::Layout;
use crate::text::is_han;

/// A line, and where in the page it stands.
#[derive(Debug)]
pub struct Line {
    pub text: String,
    /// The level of the heading that it is; 0 for a caption.
    pub heading: Option<u8>,
    /// In an element that is furniture by its name, or hidden.
    pub furniture: bool,
    /// How many links.
    pub links: usize,
    /// Whether it is links and little else.
    pub is_links: bool,
    /// How much running text it is: nothing unless it is a sentence or longer than a title.
    pub prose: usize,
    /// The number of the block element around it.
    pub element: usize,
}

impl Line {
    /// `linked` characters of it are in links.
    fn new(text: String, linked: usize) -> Self {
        let (mut visible, mut width) = (0, 0);
        for c in text.chars() {
            visible += usize::from(is_letter(c));
            width += if is_han(c) { 3 } else { 1 };
        }
        let sentence = text.trim_end_matches(['"', '”', '’', ')', '）', ' ']).ends_with(['.', '。', '!', '?', '！', '？', '；', ';', '：', ':', '…']);
        let prose = if width >= 200 || (width >= 40 && sentence) { width - linked.min(width) } else { 0 };
        Line { text, heading: None, furniture: false, links: 0, is_links: linked > 0 && linked * 10 >= visible * 7, prose, element: 0 }
    }
}

/// A picture: its address, and the number of the block element around it.
#[derive(Debug)]
pub struct Picture {
    pub address: String,
    pub element: usize,
}

/// The lines of a page, its pictures, its block elements, and the numbers of those that say they are its article.
#[derive(Debug)]
pub struct Page {
    pub lines: Vec<Line>,
    pub pictures: Vec<Picture>,
    pub blocks: Blocks,
    pub articles: Vec<usize>,
}

/// Elements whose content is no text of the page.
const SILENT: [&str; 22] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "select", "option", "datalist", "button", "textarea", "input",
    "canvas", "audio", "video", "head", "map", "progress", "frameset",
];

/// Elements within a line.
const INLINE: [&str; 41] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr",
    "picture", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "blink",
];

/// Elements that are furniture by their kind.
const FURNITURE: [&str; 6] = ["nav", "footer", "aside", "menu", "form", "dialog"];

/// The lines of a page and its pictures, in order. What is hidden is furniture, if that is to be heeded; within a line it is
/// left out.
pub fn lines(html: &Html, heed_hidden: bool) -> Page {
    let sizes = sizes(html);
    let whole = sizes.iter().copied().max().unwrap_or(0);
    let mut walk = Walk { heed_hidden, sizes, whole, ..Walk::default() };
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if walk.silent == 0 => walk.add(text),
                Node::Element(e) => walk.open(e, e.name() == "sup" && is_note(&node)),
                _ => {}
            },
            Edge::Close(node) if node.value().is_element() => walk.close(),
            Edge::Close(_) => {}
        }
    }
    walk.flush();
    Page { lines: walk.lines, pictures: walk.pictures, blocks: walk.blocks, articles: walk.articles }
}

/// How much text outside links each element holds, in the order in which they begin.
fn sizes(html: &Html) -> Vec<usize> {
    let mut sizes = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut links, mut silent) = (0_usize, 0_usize);
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if links == 0 && silent == 0 => {
                    if let Some(&element) = open.last() {
                        sizes[element] += text.chars().filter(|c| is_letter(*c)).map(|c| if is_han(c) { 3 } else { 1 }).sum::<usize>();
                    }
                }
                Node::Element(e) => {
                    links += usize::from(e.name() == "a");
                    silent += usize::from(SILENT.contains(&e.name()));
                    open.push(sizes.len());
                    sizes.push(0);
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(e) = node.value() {
                    links -= usize::from(e.name() == "a");
                    silent -= usize::from(SILENT.contains(&e.name()));
                    if let (Some(element), Some(&around)) = (open.pop(), open.last()) {
                        sizes[around] += sizes[element];
                    }
                }
            }
        }
    }
    sizes
}

#[derive(Default)]
struct Walk<'a> {
    lines: Vec<Line>,
    pictures: Vec<Picture>,
    articles: Vec<usize>,
    blocks: Blocks,
    heed_hidden: bool,
    /// See [`sizes`].
    sizes: Vec<usize>,
    whole: usize,
    text: String,
    linked: usize,
    links: usize,
    /// The number of the block element at hand; 0 for none.
    element: usize,
    /// How many elements of each kind are open.
    silent: usize,
    links_open: usize,
    preformatted: usize,
    furniture: usize,
    headings: Vec<u8>,
    /// What each open element counted towards.
    marks: Vec<Marks>,
    /// How many elements have begun.
    begun: usize,
    /// What the names that were met say of an element.
    names: HashMap<&'a str, Named>,
}

/// What an element is.
#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    silent: bool,
    link: bool,
    block: bool,
    pre: bool,
    furniture: bool,
    heading: bool,
}

/// Whether a name is one of furniture, however much text such an element holds or only if little.
#[derive(Debug, Clone, Copy)]
struct Named {
    apart: bool,
    furniture: bool,
}

impl<'a> Walk<'a> {
    fn open(&mut self, e: &'a Element, note: bool) {
        let name = e.name();
        let said = Said::of(e);
        let hidden = self.heed_hidden && said.is_hidden();
        let inline = INLINE.contains(&name) || name.contains(':');
        let mut marks = Marks { block: !inline && name != "br", ..Marks::default() };
        marks.silent = SILENT.contains(&name) || (hidden && inline) || (name == "sup" && note);
        marks.link = name == "a" && said.href.is_some();
        marks.pre = matches!(name, "pre" | "xmp" | "listing");
        marks.furniture = marks.block && ((hidden && self.is_small()) || self.is_furniture(name, &said));
        let level = name.strip_prefix('h').and_then(|n| n.parse::<u8>().ok()).filter(|n| (1..=6).contains(n));
        marks.heading = level.is_some() || matches!(name, "caption" | "figcaption");
        if name == "img" && self.furniture == 0 {
            self.pictures.push(Picture { address: said.src.unwrap_or("").to_owned(), element: self.element });
        }
        if name == "br" && self.silent == 0 {
            self.text.push('\n');
        }
        self.enter(marks, level);
        if marks.block && (matches!(name, "article" | "main") || said.itemprop == Some("articleBody") || said.role == Some("main")) {
            self.articles.push(self.element);
        }
    }

    fn enter(&mut self, marks: Marks, level: Option<u8>) {
        if marks.block {
            self.flush();
            self.element = self.blocks.open(self.element);
        }
        self.silent += usize::from(marks.silent);
        self.links_open += usize::from(marks.link);
        self.links += usize::from(marks.link && self.silent == 0);
        self.preformatted += usize::from(marks.pre);
        self.furniture += usize::from(marks.furniture);
        if marks.heading {
            self.headings.push(level.unwrap_or(0));
        }
        self.marks.push(marks);
        self.begun += 1;
    }

    fn close(&mut self) {
        let Some(marks) = self.marks.pop() else { return };
        if marks.block {
            self.flush();
            self.blocks.close(self.element);
            self.element = self.blocks.parent(self.element).unwrap_or(0);
        }
        self.silent -= usize::from(marks.silent);
        self.links_open -= usize::from(marks.link);
        self.preformatted -= usize::from(marks.pre);
        self.furniture -= usize::from(marks.furniture);
        if marks.heading {
            self.headings.pop();
        }
    }

    /// Adds text; blanks in the source are one blank, outside `<pre>`.
    fn add(&mut self, text: &str) {
        const BLANKS: [char; 5] = [' ', '\t', '\n', '\r', '\u{C}'];
        if self.preformatted > 0 {
            self.text.push_str(text);
        } else {
            // A blank before each word but the first, and after the last, if the text ends so.
            for (i, word) in text.split(BLANKS).enumerate() {
                if i > 0 && !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
                self.text.push_str(word);
            }
        }
        if self.links_open > 0 {
            self.linked += text.chars().filter(|c| is_letter(*c)).count();
        }
    }

    fn flush(&mut self) {
        let (linked, links) = (std::mem::take(&mut self.linked), std::mem::take(&mut self.links));
        if self.text.trim().is_empty() {
            self.text.clear();
            return;
        }
        let line = Line::new(std::mem::take(&mut self.text), linked);
        self.lines.push(Line { heading: self.headings.last().copied(), furniture: self.furniture > 0, links, element: self.element, ..line });
    }

    /// Whether the element that begins is furniture by its kind, role, class or id, and is not what holds most of the page.
    fn is_furniture(&mut self, name: &str, said: &Said<'a>) -> bool {
        if FURNITURE.contains(&name) {
            return self.is_small();
        }
        if matches!(name, "html" | "body" | "main" | "article") {
            return false;
        }
        let small = self.is_small();
        let names = [said.class, said.id, said.role].into_iter().flatten().flat_map(str::split_whitespace);
        names.into_iter().any(|name| {
            let named = self.names.entry(name).or_insert_with(|| named(name));
            // However long they are, comments are not the article.
            named.apart || (named.furniture && small)
        })
    }

    /// Whether the element that begins holds so little of the text of the page that it may be furniture.
    fn is_small(&self) -> bool {
        self.sizes.get(self.begun).is_none_or(|size| size * 5 < self.whole * 2)
    }
}

/// Whether `c` is a letter or digit. Of the commonest that is known without looking it up.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        '\u{4E00}'..='\u{9FFF}' => true,
        _ => c.is_alphanumeric(),
    }
}

fn named(name: &str) -> Named {
    let layout = &Layout::builtin().page;
    let own = tokens(name);
    Named { apart: own.iter().any(|t| layout.apart.contains(t)), furniture: own.iter().any(|t| layout.furniture.contains(t)) }
}

/// The words of a name, and neighbours joined: `id_RelNewsList` is id, rel, news, list, relnews, newslist, relnewslist.
fn tokens(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in name.chars() {
        if !c.is_alphanumeric() {
            before = ' ';
            continue;
        }
        let begins = !before.is_alphanumeric() || (c.is_uppercase() && before.is_lowercase());
        let c_lower = c.to_ascii_lowercase();
        match words.last_mut() {
            Some(word) if !begins => word.push(c_lower),
            _ => words.push(c_lower.to_string()),
        }
        before = c;
    }
    // "nav2" is "nav".
    words.iter_mut().for_each(|w| w.truncate(w.trim_end_matches(|c: char| c.is_ascii_digit()).len()));
    let joined: Vec<String> = (2..=3).flat_map(|n| words.windows(n).map(<[String]>::concat).collect::<Vec<_>>()).collect();
    words.extend(joined);
    words
}

/// Whether an element holds nothing but the number of a note, which stands in the middle of the words. One with hundreds of
/// elements within is none.
fn is_note(node: &ego_tree::NodeRef<'_, Node>) -> bool {
    const MOST: usize = 200;
    let text: String = node.descendants().take(MOST).filter_map(|n| n.value().as_text().map(|t| t.to_string())).take(4).collect();
    let number = text.trim().trim_matches(['[', ']', '(', ')', '〔', '〕', '①', '②', '③']);
    text.len() <= 12 && number.chars().all(|c| c.is_ascii_digit()) && (!text.is_empty() || node.descendants().nth(MOST).is_none())
}

/// What an element says of itself.
#[derive(Debug, Default)]
struct Said<'a> {
    class: Option<&'a str>,
    id: Option<&'a str>,
    role: Option<&'a str>,
    itemprop: Option<&'a str>,
    href: Option<&'a str>,
    src: Option<&'a str>,
    style: Option<&'a str>,
    hidden: bool,
}

impl<'a> Said<'a> {
    /// All at once: to ask for one by its name takes longer.
    fn of(e: &'a Element) -> Self {
        let mut said = Said::default();
        for (name, value) in e.attrs() {
            let value = Some(value);
            match name {
                "class" => said.class = value,
                "id" => said.id = value,
                "role" => said.role = value,
                "itemprop" => said.itemprop = value,
                "href" => said.href = value,
                "src" => said.src = value,
                "style" => said.style = value,
                "hidden" => said.hidden = true,
                _ => {}
            }
        }
        said
    }

    fn is_hidden(&self) -> bool {
        let shown = |style: &str| style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>();
        self.hidden || self.style.is_some_and(|style| shown(style).contains("display:none"))
    }
}

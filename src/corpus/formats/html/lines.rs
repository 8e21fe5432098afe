//! The lines of a page: stretches of text between the borders of block elements.

use std::collections::HashMap;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{Html, Node};

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
    /// Characters in links, and how many links.
    pub linked: usize,
    pub links: usize,
    /// The block elements around it, outermost first.
    pub path: Vec<usize>,
}

impl Line {
    /// Whether it is links and little else.
    pub fn is_links(&self) -> bool {
        let visible = self.text.chars().filter(|c| c.is_alphanumeric()).count();
        self.linked > 0 && self.linked * 10 >= visible * 7
    }

    /// How much running text it is: nothing unless it is a sentence or longer than a title.
    pub fn prose(&self) -> usize {
        let width: usize = self.text.chars().map(|c| if is_han(c) { 3 } else { 1 }).sum();
        let sentence = self.text.trim_end_matches(['"', '”', '’', ')', '）', ' ']).ends_with(['.', '。', '!', '?', '！', '？', '；', ';', '：', ':', '…']);
        if width >= 200 || (width >= 40 && sentence) { width - self.linked.min(width) } else { 0 }
    }
}

/// A picture: its address, and the block elements around it.
#[derive(Debug)]
pub struct Picture {
    pub address: String,
    pub path: Vec<usize>,
}

/// The lines of a page, its pictures, and the numbers of the elements that say they are its article.
#[derive(Debug)]
pub struct Page {
    pub lines: Vec<Line>,
    pub pictures: Vec<Picture>,
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
    let whole = sizes.values().copied().max().unwrap_or(0);
    let mut walk = Walk { heed_hidden, sizes, whole, ..Walk::default() };
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => walk.open(node.id(), node.value(), node.value().as_element().is_some_and(|e| e.name() == "sup") && is_note(&node)),
            Edge::Close(node) => walk.close(node.id(), node.value()),
        }
    }
    walk.flush();
    Page { lines: walk.lines, pictures: walk.pictures, articles: walk.articles }
}

/// How much text outside links each element holds.
fn sizes(html: &Html) -> HashMap<NodeId, usize> {
    let mut sizes = HashMap::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut links, mut silent) = (0_usize, 0_usize);
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if links == 0 && silent == 0 => {
                    let size = text.chars().filter(|c| c.is_alphanumeric()).map(|c| if is_han(c) { 3 } else { 1 }).sum::<usize>();
                    open.iter_mut().for_each(|sum| *sum += size);
                }
                Node::Element(e) => {
                    links += usize::from(e.name() == "a");
                    silent += usize::from(SILENT.contains(&e.name()));
                    open.push(0);
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(e) = node.value() {
                    links -= usize::from(e.name() == "a");
                    silent -= usize::from(SILENT.contains(&e.name()));
                    sizes.insert(node.id(), open.pop().unwrap_or(0));
                }
            }
        }
    }
    sizes
}

#[derive(Default)]
struct Walk {
    lines: Vec<Line>,
    pictures: Vec<Picture>,
    articles: Vec<usize>,
    heed_hidden: bool,
    sizes: HashMap<NodeId, usize>,
    whole: usize,
    text: String,
    linked: usize,
    links: usize,
    path: Vec<usize>,
    /// How many elements of each kind are open.
    silent: usize,
    links_open: usize,
    preformatted: usize,
    furniture: usize,
    headings: Vec<u8>,
    /// What each open element counted towards.
    marks: HashMap<NodeId, Marks>,
    elements: usize,
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

impl Walk {
    fn open(&mut self, id: NodeId, node: &Node, note: bool) {
        match node {
            Node::Text(text) if self.silent == 0 => self.add(text),
            Node::Element(e) => {
                let name = e.name();
                let hidden = self.heed_hidden && is_hidden(e);
                let inline = INLINE.contains(&name) || name.contains(':');
                let mut marks = Marks { block: !inline && name != "br", ..Marks::default() };
                marks.silent = SILENT.contains(&name) || (hidden && inline) || (name == "sup" && note);
                marks.link = name == "a" && e.attr("href").is_some();
                marks.pre = matches!(name, "pre" | "xmp" | "listing");
                marks.furniture = marks.block && ((hidden && self.is_small(id)) || self.is_furniture(id, e));
                let level = name.strip_prefix('h').and_then(|n| n.parse::<u8>().ok()).filter(|n| (1..=6).contains(n));
                marks.heading = level.is_some() || matches!(name, "caption" | "figcaption");
                if name == "img" && self.furniture == 0 {
                    self.pictures.push(Picture { address: e.attr("src").unwrap_or("").to_owned(), path: self.path.clone() });
                }
                if name == "br" && self.silent == 0 {
                    self.text.push('\n');
                }
                self.enter(id, marks, level);
                if marks.block && (matches!(name, "article" | "main") || e.attr("itemprop") == Some("articleBody") || e.attr("role") == Some("main")) {
                    self.articles.push(self.elements);
                }
            }
            _ => {}
        }
    }

    fn enter(&mut self, id: NodeId, marks: Marks, level: Option<u8>) {
        if marks.block {
            self.flush();
            self.elements += 1;
            self.path.push(self.elements);
        }
        self.silent += usize::from(marks.silent);
        self.links_open += usize::from(marks.link);
        self.links += usize::from(marks.link && self.silent == 0);
        self.preformatted += usize::from(marks.pre);
        self.furniture += usize::from(marks.furniture);
        if marks.heading {
            self.headings.push(level.unwrap_or(0));
        }
        self.marks.insert(id, marks);
    }

    fn close(&mut self, id: NodeId, node: &Node) {
        let Node::Element(_) = node else { return };
        let Some(marks) = self.marks.remove(&id) else { return };
        if marks.block {
            self.flush();
            self.path.pop();
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
        for c in text.chars() {
            let blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}');
            if self.preformatted == 0 && blank {
                if !self.text.ends_with([' ', '\n']) && !self.text.is_empty() {
                    self.text.push(' ');
                }
            } else {
                self.text.push(c);
            }
        }
        if self.links_open > 0 {
            self.linked += text.chars().filter(|c| c.is_alphanumeric()).count();
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let (linked, links) = (std::mem::take(&mut self.linked), std::mem::take(&mut self.links));
        if text.trim().is_empty() {
            return;
        }
        let heading = self.headings.last().copied();
        self.lines.push(Line { text, heading, furniture: self.furniture > 0, linked, links, path: self.path.clone() });
    }

    /// Whether an element is furniture by its kind, role, class or id, and is not what holds most of the page.
    fn is_furniture(&self, id: NodeId, e: &scraper::node::Element) -> bool {
        if FURNITURE.contains(&e.name()) {
            return self.is_small(id);
        }
        if matches!(e.name(), "html" | "body" | "main" | "article") {
            return false;
        }
        let layout = &Layout::builtin().page;
        let names = [e.attr("class"), e.attr("id"), e.attr("role")].into_iter().flatten().flat_map(str::split_whitespace);
        names.into_iter().any(|name| {
            let own = tokens(name);
            // However long they are, comments are not the article.
            own.iter().any(|t| layout.apart.contains(t)) || (own.iter().any(|t| layout.furniture.contains(t)) && self.is_small(id))
        })
    }

    /// Whether an element holds so little of the text of the page that it may be furniture.
    fn is_small(&self, id: NodeId) -> bool {
        self.sizes.get(&id).is_none_or(|size| size * 5 < self.whole * 2)
    }
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

/// Whether an element holds nothing but the number of a note, which stands in the middle of the words.
fn is_note(node: &ego_tree::NodeRef<'_, Node>) -> bool {
    let text: String = node.descendants().filter_map(|n| n.value().as_text().map(|t| t.to_string())).take(4).collect();
    let number = text.trim().trim_matches(['[', ']', '(', ')', '〔', '〕', '①', '②', '③']);
    text.len() <= 12 && number.chars().all(|c| c.is_ascii_digit())
}

fn is_hidden(e: &scraper::node::Element) -> bool {
    let style: String = e.attr("style").unwrap_or("").chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    e.attr("hidden").is_some() || style.contains("display:none")
}

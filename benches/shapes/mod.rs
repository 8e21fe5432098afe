//! Texts of shapes on which carelessness takes time that grows with the square of their length. Invented, and the same every time.

use std::fmt::Write as _;

/// A text of about so many bytes, with the ending of its file.
pub struct Shape {
    /// What it is.
    pub name: &'static str,
    /// The ending of the file that it is to be.
    pub ending: &'static str,
    /// Makes it.
    pub make: fn(usize) -> String,
}

/// All shapes.
pub const SHAPES: [Shape; 16] = [
    Shape { name: "no-space", ending: "txt", make: |n| filled(n, |text, i| text.push(letter(i))) },
    Shape { name: "no-space-zh", ending: "txt", make: |n| filled(n, |text, i| text.push_str(["共", "同", "体", "全", "球"][mixed(i) % 5])) },
    Shape { name: "one-sentence", ending: "txt", make: |n| filled(n, |text, i| text.push_str(["win-win ", "Community ", "of ", "shared "][mixed(i) % 4])) },
    Shape { name: "labels", ending: "txt", make: |n| filled(n, |text, i| text.push_str(&format!("Mr. {}: Yes.\n", name(i)))) },
    Shape { name: "one-label", ending: "txt", make: |n| filled(n, |text, i| text.push_str(["Q: Why?\n", "A: So.\n"][i % 2])) },
    Shape { name: "labels-zh", ending: "txt", make: |n| filled(n, |text, i| text.push_str(["问：为什么？\n", "答：因为。\n"][i % 2])) },
    Shape { name: "tiny-paragraphs", ending: "txt", make: |n| filled(n, |text, i| text.push_str(&format!("{}\n\n", letter(i)))) },
    Shape { name: "cues", ending: "txt", make: |n| filled(n, |text, i| text.push_str(["He said ", "she said that ", "said ", "told "][mixed(i) % 4])) },
    Shape { name: "cues-zh", ending: "txt", make: |n| filled(n, |text, i| text.push_str(["他表示", "指出", "强调，", "说"][mixed(i) % 4])) },
    Shape { name: "names", ending: "txt", make: |n| filled(n, |text, i| text.push_str(&format!("Minister {} said he agreed. ", name(i)))) },
    Shape { name: "quotes", ending: "txt", make: |n| filled(n, |text, i| text.push_str(["“win ", "\"and ", "said” ", "‘he "][mixed(i) % 4])) },
    Shape { name: "dates", ending: "txt", make: |n| filled(n, |text, i| text.push_str(&format!("2024-{:02}-{:02}\n", 1 + i % 12, 1 + i % 28))) },
    Shape { name: "markup", ending: "html", make: |n| filled(n, |text, i| text.push_str(["<p>He said <b>so", "<div>", "</p>", "<li>one "][mixed(i) % 4])) },
    Shape {
        name: "columns",
        ending: "csv",
        make: |n| "text,name\n".to_owned() + &filled(n, |text, i| text.push_str(&format!("\"{} said, \"\"he\"\"\",x\n", name(i)))),
    },
    Shape { name: "near-duplicates", ending: "jsonl", make: |n| filled(n, near_duplicate) },
    Shape { name: "one-line", ending: "jsonl", make: |n| format!("{{\"text\": \"{}\"}}\n", filled(n, |text, _| text.push_str("He said \\n\\u4eba "))) },
];

/// Adds parts until there are `bytes`.
fn filled(bytes: usize, mut add: impl FnMut(&mut String, usize)) -> String {
    let mut text = String::with_capacity(bytes + 200);
    for i in 0.. {
        if text.len() >= bytes {
            break;
        }
        add(&mut text, i);
    }
    text
}

fn near_duplicate(text: &mut String, i: usize) {
    let words = "the two sides spoke of true multilateralism and agreed to keep in touch on all questions of common concern";
    let _ = writeln!(text, "{{\"date\": \"2024-05-{:02}\", \"text\": \"{words} {}, and then {words}\"}}", 1 + i % 28, name(i));
}

/// A number that looks like chance.
fn mixed(i: usize) -> usize {
    (i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20) & 0xFFFF
}

fn letter(i: usize) -> char {
    char::from(b'a' + (mixed(i) % 26) as u8)
}

/// A first name and a surname, one of very many.
fn name(i: usize) -> String {
    let part = |seed: usize| {
        let letters: String = (0..5).map(|k| letter(seed * 5 + k)).collect();
        letters[..1].to_uppercase() + &letters[1..]
    };
    format!("{} {}", part(2 * i), part(2 * i + 1))
}

//! Simplified and traditional characters as one.
//!
//! A simplified character and its traditional and variant forms (`lexicons/han.txt`) are folded to the simplified one, in
//! formulas, names and texts alike, so that each finds the other. One character stands for one: no context is looked at,
//! and characters that simplification merged (后 and 後) count as one.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Where the block of unified ideographs begins and ends.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;
/// The mark of a character of the block whose form lies outside it.
const ELSEWHERE: u16 = u16::MAX;

struct Variants {
    /// The form of each character of the block, as its distance from the first.
    block: Vec<u16>,
    /// Pairs with a character outside the block.
    rare: HashMap<char, char>,
}

fn variants() -> &'static Variants {
    static VARIANTS: OnceLock<Variants> = OnceLock::new();
    VARIANTS.get_or_init(|| {
        let mut variants = Variants { block: (0..=(LAST - FIRST) as u16).collect(), rare: HashMap::new() };
        let place = |c: char| (FIRST..=LAST).contains(&(c as u32)).then(|| (c as u32 - FIRST) as u16);
        for line in include_str!("../../lexicons/han.txt").lines().filter(|l| !l.starts_with('#')) {
            let mut forms = line.chars();
            let Some(simplified) = forms.next() else { continue };
            for form in forms {
                match (place(form), place(simplified)) {
                    (Some(form), Some(simplified)) => variants.block[usize::from(form)] = simplified,
                    (place, _) => {
                        if let Some(place) = place {
                            variants.block[usize::from(place)] = ELSEWHERE;
                        }
                        variants.rare.insert(form, simplified);
                    }
                }
            }
        }
        variants
    })
}

/// The simplified form of `c`; `c` itself where it has none.
pub fn simplified(c: char) -> char {
    let variants = variants();
    let code = c as u32;
    if (FIRST..=LAST).contains(&code) {
        let place = variants.block[(code - FIRST) as usize];
        if place != ELSEWHERE {
            return char::from_u32(FIRST + u32::from(place)).unwrap_or(c);
        }
    }
    variants.rare.get(&c).copied().unwrap_or(c)
}

/// Writes the simplified forms of the commoner Han characters that `text` begins with into `out`: of the block, to forms in the
/// block, so that each is as long as its form.
pub(super) fn simplify(text: &str, out: &mut String) {
    let block = &variants().block;
    let mut written = 0;
    for (at, c) in text.char_indices() {
        let Some(&form) = (c as u32).checked_sub(FIRST).and_then(|place| block.get(place as usize)).filter(|form| **form != ELSEWHERE) else {
            out.push_str(&text[written..at]);
            return;
        };
        let form = FIRST + u32::from(form);
        if form != c as u32 {
            out.push_str(&text[written..at]);
            out.extend(char::from_u32(form));
            written = at + c.len_utf8();
        }
    }
    out.push_str(&text[written..]);
}

#[cfg(test)]
mod tests {
    use super::simplified;

    #[test]
    fn traditional_forms_lead_to_the_simplified_and_no_further() {
        let text = |s: &str| s.chars().map(simplified).collect::<String>();
        assert_eq!(text("構建人類命運共同體，臺灣、台灣"), "构建人类命运共同体，台湾、台湾");
        assert_eq!(text("真正的多邊主義 後 后 著 着"), "真正的多边主义 后 后 着 着");
        for c in ('\u{3400}'..='\u{9FFF}').chain('\u{20000}'..='\u{2A6DF}') {
            assert_eq!(simplified(simplified(c)), simplified(c), "{c}");
        }
    }
}

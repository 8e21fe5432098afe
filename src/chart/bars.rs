use super::canvas::{Caption, Drawing, Link, draw};
use super::style::Style;
use crate::error::Result;
#[derive(Debug, Clone, Default)]
pub struct Bars { pub caption: Caption, pub blocks: Vec<BarBlock> , pub own_scales: String}
#[derive(Debug, Clone, Default)]
pub struct BarBlock { pub title: String, pub panels: Vec<BarPanel> , pub x:()}
#[derive(Debug, Clone, Default)]
pub struct BarPanel { pub title: String, pub rows: Vec<Bar> }
#[derive(Debug, Clone, Default)]
pub struct Bar { pub label: String, pub value: f64, pub low: Option<f64>, pub high: Option<f64>, pub text: String, pub mark: Option<String>, pub link: Option<Link> }
pub fn bars(d: &Bars, style: &Style) -> Result<Drawing> { draw(style, &d.caption, None, |_, _| Ok(())) }

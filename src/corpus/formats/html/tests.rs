use super::*;
use crate::text::fold;

const PAGE: &str = r##"<!DOCTYPE html><!-- saved from url=(0033)http://x.example/2024-01/10/a.html -->
<html><head><title>Varga Meets with Tane — Ministry of Orland</title><meta name="PubDate" content="2024-01-10 09:00">
<style>.x{}</style></head><body>
<div class="header"><a href="/">Home</a><a href="/en">English</a></div>
<div class="nav"><ul><li><a href="#">True multilateralism: a special topic</a></li><li><a href="#">Ministers</a></li></ul></div>
<div class="main"><h2 class="title">Varga Meets with Tane</h2><div class="time"><span>Source: <span style="display:none">(supplied)</span></span> 2024-01-10</div>
<div class="TRS_Editor"><P>On January 9, Minister Varga met Ms. Tane, and they spoke of a <B>community</B>&nbsp;with a <span>shared
future</span> for mankind &amp; more.</P><P>　　Tane said, Orland supports true multi<b>lateral</b>ism in every way it can.<br>She said so twice.</P></div>
<div class="share">Share to: <a href="#">one</a></div>
<div id="id_RelNewsList"><ul><li><a href="b.html">Varga Meets with Somebody Else</a> (2023-05-31)</li></ul></div></div>
<div class="footer">Copyright, Ministry of Orland. All the words of true multilateralism in a footer that is a sentence.</div>
<script>var x = "true multilateralism";</script></body></html>"##;

fn roles(text: &str) -> Vec<(Role, String)> {
    let raw = page(text).unwrap();
    raw.marks.iter().map(|(r, role)| (*role, raw.text[r.clone()].to_owned())).collect()
}

#[test]
fn the_article_stands_out_from_the_page() {
    let raw = page(PAGE).unwrap();
    let of = |role: Role| roles(PAGE).into_iter().filter(|(r, _)| *r == role).map(|(_, t)| t).collect::<Vec<_>>();
    assert_eq!(of(Role::Heading(1)), ["Varga Meets with Tane"]);
    let text = of(Role::Text);
    assert_eq!(text.len(), 2, "{text:?}");
    assert_eq!(fold(&text[0]).as_str(), "on january 9, minister varga met ms. tane, and they spoke of a community with a shared future for mankind & more.");
    assert!(text[1].contains("true multilateralism in every way it can.\nShe said so twice."), "{text:?}");
    assert!(of(Role::Head).iter().any(|t| t.contains("2024-01-10")), "{:?}", roles(PAGE));
    assert!(of(Role::Margin).iter().any(|t| t.starts_with("Copyright")));
    assert!(!raw.text.contains("var x") && !raw.text.contains("supplied"));
    let meta = |f| raw.meta.value(f).to_owned();
    assert_eq!((meta(Field::Title), meta(Field::Date)), ("Varga Meets with Tane".to_owned(), "2024-01-10 09:00".to_owned()));
    assert_eq!(meta(Field::Url), "http://x.example/2024-01/10/a.html");
}

#[test]
fn a_page_without_any_furniture_is_all_text() {
    let got = roles("<p>One short line</p><p>Another line, which ends here.</p>");
    assert!(got.iter().all(|(r, _)| *r == Role::Text), "{got:?}");
}

#[test]
fn pages_that_no_browser_would_show_are_refused() {
    for bad in ["<div>".repeat(100_000), format!("<p {}>", "a ".repeat(200_000)), (0..3_000).map(|i| format!("<font color={i}><p>")).collect()] {
        assert!(page(&bad).is_err() || bad.len() < 100_000);
    }
}

/// A page of a blog system: headers within the article, tools, related posts, comments, a sidebar with prose of its own.
const BLOG: &str = r##"<!doctype html><html><head><title>Readout of the Minister's Call | Government of Orland</title>
<meta property="article:published_time" content="2023-05-06T20:15:00+00:00"><link rel="canonical" href="https://orland.example/2023/05/07/call/"></head>
<body class="single nav-open has-sidebar"><header class="site-header"><p class="site-title">Government of Orland</p><nav class="menu"><a href="/">Home</a> <a href="/news">News</a></nav></header>
<div class="page-with-sidebar"><main><article class="post"><header class="entry-header"><h1 class="entry-title">Readout of the Minister's Call</h1>
<div class="entry-meta">Posted on <time datetime="2023-05-06">May 6, 2023</time> by <a href="/author">Office of the Spokesperson</a></div></header>
<div class="share-tools"><a href="#">Share</a> this page</div>
<div class="entry-content"><p>Minister Tane spoke today with Minister Varga about true multilateralism.</p><h3>Trade</h3><p>They <a href="/a">agreed</a> to meet again.</p>
<ul><li>On fish</li><li>On <a href="/p">ports</a> and what they cost</li></ul></div></article>
<section class="related-posts"><h2>Related</h2><p><a href="/x">Minister opens forum on win-win cooperation</a> May 1, 2022</p></section>
<section id="comments"><h2>Two comments</h2><p>Somebody says that this readout is far too short and tells us nothing at all of global governance.</p></section></main>
<aside><h2>About</h2><p>The Government of Orland works for the people of Orland, at home and abroad, every day of the year.</p></aside></div>
<footer><p>All rights reserved. Orland, 2023. The words of a footer that mention true multilateralism.</p></footer></body></html>"##;

/// A page in tables, as ministries used to build them, with the title in a font element and no names at all.
const TABLES: &str = r#"<html><head><title>某部-王某会见外长</title></head><body><table><tr><td><a href=a>首页</a> <a href=b>要闻</a> <a href=c>专题</a></td></tr></table>
<table><tr><td width=20%><a href=d>构建人类命运共同体</a><br><a href=e>共建“一带一路”</a></td><td><table><tr><td align=center><font size=5>王某会见外长</font></td></tr>
<tr><td>2023年05月06日 10:30 来源：某部</td></tr><tr><td>　　5月5日，王某会见来访的外长。<br><br>　　王某表示，坚持真正的多边主义，推动构建人类命运共同体，这是各国人民的共同愿望。<br>　　双方还谈到其他问题。</td></tr></table></td></tr></table>
<table><tr><td>某部 版权所有 地址：某路2号</td></tr></table></body></html>"#;

#[test]
fn other_kinds_of_pages() {
    let of = |page: &str, role: Role| roles(page).into_iter().filter(|(r, _)| *r == role).map(|(_, t)| t).collect::<Vec<_>>();
    assert_eq!(of(BLOG, Role::Heading(1)), ["Readout of the Minister's Call"]);
    assert_eq!(of(BLOG, Role::Heading(3)), ["Trade"]);
    let text = of(BLOG, Role::Text);
    assert_eq!(text[0], "Minister Tane spoke today with Minister Varga about true multilateralism.");
    assert_eq!(text[1..], ["They agreed to meet again.", "On fish", "On ports and what they cost"], "{:?}", roles(BLOG));
    let raw = page(BLOG).unwrap();
    assert_eq!((raw.meta.value(Field::Date), raw.meta.value(Field::Url)), ("2023-05-06T20:15:00+00:00", "https://orland.example/2023/05/07/call/"));
    assert_eq!(of(TABLES, Role::Heading(1)), ["王某会见外长"]);
    let text = of(TABLES, Role::Text).join("\n");
    assert!(text.contains("真正的多边主义") && text.contains("其他问题") && !text.contains("版权") && !text.contains("一带一路"), "{:?}", roles(TABLES));
    assert!(of(TABLES, Role::Head).iter().any(|t| t.contains("2023年05月06日")), "{:?}", roles(TABLES));
}

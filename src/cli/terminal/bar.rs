//! An estimate with its interval on an axis with 0 in the middle.

/// `├──●──┤` on an axis from −`scale` to `scale`; an interval that is open, or goes beyond the axis, ends in an arrow. Without a `point` there is
/// only the interval.
pub fn interval_bar(room: usize, scale: f64, point: Option<f64>, low: Option<f64>, high: Option<f64>) -> String {
    let last = odd(room) - 1;
    let place = |x: f64| ((x.clamp(-scale, scale) + scale) / (2.0 * scale) * last as f64).round() as usize;
    let (from, to) = (place(low.unwrap_or(-scale)), place(high.unwrap_or(scale)));
    let mark = |at: usize| match at {
        _ if point.is_some_and(|p| at == place(p)) => '●',
        _ if at == from && low.is_none_or(|x| x < -scale) => '◂',
        _ if at == to && high.is_none_or(|x| x > scale) => '▸',
        _ if at == from => '├',
        _ if at == to => '┤',
        _ if at == last / 2 && (from..to).contains(&at) => '┼',
        _ if (from..to).contains(&at) => '─',
        _ if at == last / 2 => '│',
        _ => ' ',
    };
    (0..=last).map(mark).collect()
}

/// The ends and the middle of the axis, as wide as its bars.
pub fn axis(room: usize, scale: f64) -> String {
    let (left, right) = (format!("−{scale:.0}"), format!("+{scale:.0}"));
    let half = odd(room) / 2;
    let (before, after) = (half.saturating_sub(left.chars().count()), half.saturating_sub(right.chars().count()));
    format!("{left}{:before$}0{:after$}{right}", "", "")
}

/// 0 has a place of its own.
fn odd(room: usize) -> usize {
    if room.is_multiple_of(2) { room.saturating_sub(1).max(3) } else { room.max(3) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_drawn_where_they_lie() {
        for (point, low, high, want) in [
            (1.0, Some(0.5), Some(1.5), "     │├●┤ "),
            (0.0, Some(-1.0), Some(1.0), "   ├─●─┤   "),
            (1.0, Some(-1.0), Some(2.0), "   ├─┼─●─┤"),
            (-2.5, None, Some(-1.0), "●──┤ │     "),
            (2.0, Some(1.0), None, "     │ ├─●▸"),
            (2.5, Some(2.0), Some(9.0), "     │   ├●"),
            (2.0, Some(1.0), Some(9.0), "     │ ├─●▸"),
            (0.0, None, None, "◂────●────▸"),
            (2.5, Some(2.5), Some(2.5), "     │    ●"),
        ] {
            let bar = interval_bar(11, 2.5, Some(point), low, high);
            assert_eq!(bar.trim_end(), want.trim_end(), "{point} {low:?} {high:?}");
            assert_eq!(bar.chars().count(), 11);
        }
        assert_eq!(interval_bar(11, 2.5, None, None, Some(1.0)), "◂────┼─┤   ");
        assert_eq!(axis(11, 3.0), "−3   0   +3");
        assert_eq!((axis(12, 3.0).chars().count(), interval_bar(12, 3.0, Some(0.0), None, None).chars().count()), (11, 11));
    }
}

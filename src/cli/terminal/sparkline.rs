//! A series in one line: how high each value is. A value that is not there differs from nought.

const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The value is nought.
pub const ZERO: char = '_';
/// There is no value.
pub const GAP: char = '·';

/// A character a value, a full one for `top`.
pub fn sparkline(values: impl IntoIterator<Item = Option<f64>>, top: f64) -> String {
    let mark = |value: Option<f64>| match value.filter(|v| v.is_finite()) {
        None => GAP,
        Some(v) if v <= 0.0 || top <= 0.0 => ZERO,
        Some(v) => LEVELS[((v / top * LEVELS.len() as f64).ceil() as usize).clamp(1, LEVELS.len()) - 1],
    };
    values.into_iter().map(mark).collect()
}

/// How many values a character has to stand for, so that `count` of them fit into `room`.
pub fn step(count: usize, room: usize) -> usize {
    count.div_ceil(room.max(1)).max(1)
}

/// Parts of wholes (occurrences of exposure, say) as quotients, `step` neighbours taken together; where there is no whole, there is none.
pub fn merged(parts: &[Option<(f64, f64)>], step: usize) -> Vec<Option<f64>> {
    let quotient = |chunk: &[Option<(f64, f64)>]| {
        let (part, whole) = chunk.iter().flatten().fold((0.0, 0.0), |(p, w), (part, whole)| (p + part, w + whole));
        (whole > 0.0).then(|| part / whole)
    };
    parts.chunks(step.max(1)).map(quotient).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_noughts_and_heights() {
        let line = |values: &[Option<f64>], top| sparkline(values.iter().copied(), top);
        assert_eq!(line(&[Some(0.0), None, Some(0.001), Some(4.0), Some(8.0)], 8.0), "_·▁▄█");
        assert_eq!(line(&[Some(0.0), Some(0.0)], 0.0), "__");
        assert_eq!(line(&[Some(3.0)], 3.0), "█");
        assert_eq!(line(&[Some(f64::NAN), None], 1.0), "··");
        assert_eq!(line(&[], 1.0), "");
    }

    #[test]
    fn periods_are_merged_by_their_text() {
        let parts = [Some((1.0, 100.0)), Some((0.0, 300.0)), None, None, None, Some((2.0, 50.0)), Some((0.0, 10.0))];
        assert_eq!(merged(&parts, 2), [Some(0.0025), None, Some(0.04), Some(0.0)]);
        assert_eq!((step(60, 60), step(61, 60), step(5, 0), step(0, 10)), (1, 2, 5, 1));
    }
}

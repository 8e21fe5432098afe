//! How alike profiles are, and an order in which like stands beside like.

/// The Jensen–Shannon distance of two profiles of counts, the root of the divergence in bits: Endres, D. M. & Schindelin, J. E. (2003), "A
/// New Metric for Probability Distributions", *IEEE Transactions on Information Theory* 49(7). 0: the same shares; 1: nothing in common.
/// Small profiles differ by chance alone. `None` if one is empty.
pub fn jensen_shannon(p: &[f64], q: &[f64]) -> Option<f64> {
    let (all_p, all_q): (f64, f64) = (p.iter().sum(), q.iter().sum());
    if all_p <= 0.0 || all_q <= 0.0 {
        return None;
    }
    let part = |x: f64, mean: f64| if x > 0.0 { x * (x / mean).log2() } else { 0.0 };
    let divergence: f64 = p
        .iter()
        .zip(q)
        .map(|(x, y)| {
            let (x, y) = (x / all_p, y / all_q);
            let mean = (x + y) / 2.0;
            (part(x, mean) + part(y, mean)) / 2.0
        })
        .sum();
    Some(divergence.clamp(0.0, 1.0).sqrt())
}

/// An order of things, and how it came about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Order {
    /// The numbers of the things, like beside like.
    pub places: Vec<usize>,
    /// The distances at which clusters were joined, in the order of joining.
    pub heights: Vec<f64>,
}

/// Clusters by average linkage (Sokal, R. R. & Michener, C. D. 1958, UPGMA) of things with these `distances`, a full symmetric matrix; of
/// the four ways to put two clusters side by side the one whose ends are nearest is taken (the first of several).
pub fn average_linkage(distances: &[Vec<f64>]) -> Order {
    let mut clusters: Vec<Vec<usize>> = (0..distances.len()).map(|i| vec![i]).collect();
    let mut heights = Vec::new();
    let between = |a: &[usize], b: &[usize]| {
        let sum: f64 = a.iter().flat_map(|i| b.iter().map(move |j| distances[*i][*j])).sum();
        sum / (a.len() * b.len()) as f64
    };
    while clusters.len() > 1 {
        let pairs = (0..clusters.len()).flat_map(|i| (i + 1..clusters.len()).map(move |j| (i, j)));
        let scored = pairs.map(|(i, j)| (between(&clusters[i], &clusters[j]), i, j));
        let Some((height, i, j)) = scored.min_by(|a, b| a.0.total_cmp(&b.0)) else { break };
        let second = clusters.remove(j);
        let joined = side_by_side(&clusters[i], &second, distances);
        clusters[i] = joined;
        heights.push(height);
    }
    Order { places: clusters.pop().unwrap_or_default(), heights }
}

fn side_by_side(a: &[usize], b: &[usize], distances: &[Vec<f64>]) -> Vec<usize> {
    let turned = |x: &[usize], turn: bool| -> Vec<usize> { if turn { x.iter().rev().copied().collect() } else { x.to_vec() } };
    let ways = [(false, false), (false, true), (true, false), (true, true)].map(|(x, y)| (turned(a, x), turned(b, y)));
    let gap = |way: &(Vec<usize>, Vec<usize>)| way.0.last().zip(way.1.first()).map_or(0.0, |(i, j)| distances[*i][*j]);
    let nearest = ways.into_iter().min_by(|x, y| gap(x).total_cmp(&gap(y)));
    nearest.map_or_else(Vec::new, |(a, b)| [a, b].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_stands_beside_like() {
        // On a line, at 0, 10, 1, 11 and 5.
        let at = [0.0, 10.0, 1.0, 11.0, 5.0_f64];
        let distances: Vec<Vec<f64>> = at.iter().map(|x| at.iter().map(|y| (x - y).abs()).collect()).collect();
        let order = average_linkage(&distances);
        let line: Vec<f64> = order.places.iter().map(|i| at[*i]).collect();
        assert!(line == [0.0, 1.0, 5.0, 10.0, 11.0] || line == [11.0, 10.0, 5.0, 1.0, 0.0], "{line:?}");
        assert_eq!(average_linkage(&[]), Order::default());
        assert_eq!(average_linkage(&[vec![0.0]]).places, [0]);
    }

    #[test]
    fn an_empty_profile_has_no_distance() {
        assert_eq!(jensen_shannon(&[0.0, 0.0], &[1.0, 0.0]), None);
    }
}

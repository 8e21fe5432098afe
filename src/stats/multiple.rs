//! Many tests at once.

/// The p-values adjusted so that, of all with at most q, a share of q is false at most in the mean: Benjamini, Y. & Hochberg, Y. (1995),
/// "Controlling the False Discovery Rate", *Journal of the Royal Statistical Society B* 57(1), step-up. In the order of `p`.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|i, j| p[*i].total_cmp(&p[*j]));
    let mut adjusted = vec![1.0; p.len()];
    let (mut least, count) = (1.0_f64, p.len() as f64);
    for (rank, &i) in order.iter().enumerate().rev() {
        least = least.min(p[i] * (count / (rank as f64 + 1.0)));
        adjusted[i] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keeps_the_order_and_never_lessens(p in proptest::collection::vec(0.0_f64..=1.0, 0..40)) {
            let q = benjamini_hochberg(&p);
            for i in 0..p.len() {
                prop_assert!(q[i] >= p[i] && q[i] <= 1.0);
                prop_assert!((0..p.len()).all(|j| p[i] > p[j] || q[i] <= q[j]));
            }
        }
    }
}

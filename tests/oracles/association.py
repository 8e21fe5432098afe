"""Two words in one window: pointwise mutual information, its normed form, lift, log-likelihood."""
import math

from nltk.metrics import BigramAssocMeasures
from scipy.stats import chi2_contingency

from rows import library, row

for case, ab, a, b, n in [
    ("ordinary", 60, 10000, 90, 30000),
    ("less than chance", 3, 400, 500, 20000),
    ("at chance", 10, 100, 200, 2000),
    ("always together", 20, 20, 20, 1000),
    ("one inside the other", 5, 5, 80, 1000),
    ("never together", 0, 10, 20, 1000),
    ("once", 1, 1, 1, 5000),
    ("large", 12345, 234567, 345678, 100000000),
]:
    given = {"ab": ab, "a": a, "b": b, "n": n}
    g2 = BigramAssocMeasures.likelihood_ratio(ab, (a, b), n)
    table = chi2_contingency([[ab, a - ab], [b - ab, n - a - b + ab]], correction=False, lambda_="log-likelihood").statistic
    tolerance = max(1e-9 * g2, 1e-15 * n, 1e-9)
    assert abs(g2 - table) < tolerance
    if ab:
        pmi = BigramAssocMeasures.pmi(ab, (a, b), n)
        row("association", case, given, "pmi", pmi, library("nltk", "BigramAssocMeasures.pmi"))
        row("association", case, given, "npmi", pmi / -math.log2(ab / n), library("nltk", "BigramAssocMeasures.pmi / -log2(ab/n) (Bouma 2009)"))
        row("association", case, given, "lift", ab * n / (a * b), "Brin et al. 1997: ab n / (a b)")
    else:
        row("association", case, given, "npmi", -1.0, "Bouma 2009")
    row("association", case, given, "g2", g2 if abs(g2) > 1e-9 else 0.0,
        library("nltk", "BigramAssocMeasures.likelihood_ratio = scipy chi2_contingency"), tolerance=tolerance)

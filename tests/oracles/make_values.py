"""Runs every script of this folder and writes values.csv."""
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).parent
scripts = ["intervals.py", "keyness.py", "mantel_haenszel.R", "multiple.py", "trend.py", "change_points.py", "dispersion.py",
           "association.py", "similarity.py", "residual.py", "permutation.py", "retirement.py", "bootstrap.py"]
text = "statistic,case,input,output,expected,tolerance,source\n"
for script in scripts:
    program = "Rscript" if script.endswith(".R") else sys.executable
    text += subprocess.run([program, script], cwd=here, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
(here / "values.csv").write_text(text, encoding="utf-8", newline="\n")

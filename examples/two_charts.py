"""Two charts from an archive, with pandas: what the sections wrote of a subject, and what the paper changed afterwards.

Run it as a script, or open it as a notebook (VS Code and Jupyter, with Jupytext, read its ``# %%`` marks as cells). It
needs nothing of newsarchive's but the SQLite file:

    pip install pandas matplotlib
    python examples/two_charts.py archive/newsarchive.db

writes ``sections.png`` and ``edits.png`` into the working folder, or into the folder that is named after the archive.
An archive to try it on is made of five recorded days of a made-up newspaper, without a network:

    for day in 1 2 3 4 5; do
        scrapy crawl worldjournal -s WARC_REPLAY=tests/fixtures/worldjournal-days/day-$day.warc.gz
    done
"""

# %% Open the archive, for reading only: a crawl may go on writing meanwhile
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import matplotlib as mpl
import pandas as pd

mpl.use("Agg")  # into files; leave this line out in a notebook, and the charts are shown
import matplotlib.pyplot as plt
from matplotlib.font_manager import fontManager

FILE = Path(sys.argv[1] if len(sys.argv) > 1 else "archive/newsarchive.db")
INTO = Path(sys.argv[2] if len(sys.argv) > 2 else ".")

# Chinese labels need a font that has them: apt-get install fonts-noto-cjk
CHINESE = ("Noto Sans CJK TC", "Noto Sans CJK JP", "PingFang TC", "Microsoft JhengHei")
installed = {font.name for font in fontManager.ttflist}
plt.rcParams["font.family"] = ["DejaVu Sans", *(name for name in CHINESE if name in installed)]
plt.rcParams["axes.spines.top"] = plt.rcParams["axes.spines.right"] = False

# %% Question 1: how much of each section is about New York?
# The full-text index is asked in plain SQL. Two characters are one token, in simplified form: 紐約 is "纽约"
# (`newsarchive search 紐約 --match` prints it for any query).
SECTIONS = """
    SELECT section, count(*) AS stories, count(found.rowid) AS about
    FROM articles
    LEFT JOIN (SELECT rowid FROM article_search WHERE article_search MATCH '"纽约"') AS found
        ON found.rowid = articles.search_id
    WHERE section IS NOT NULL
    GROUP BY section
    ORDER BY stories, about
"""

# %% Question 2: what did the paper change after it had published, and did it say so?
EDITS = """
    SELECT revisions.observed_at, articles.headline, revisions.silent, revisions.substantive
    FROM revisions JOIN articles ON articles.id = revisions.article_id
    WHERE revisions.number > 1 AND revisions.cause = 'publisher'
    ORDER BY revisions.observed_at
"""

with closing(sqlite3.connect(f"file:{FILE}?mode=ro", uri=True)) as archive:
    sections = pd.read_sql_query(SECTIONS, archive, index_col="section")
    edits = pd.read_sql_query(EDITS, archive, parse_dates=["observed_at"])  # instants in UTC

# %% Chart 1
figure, axes = plt.subplots(figsize=(8, 0.45 * len(sections) + 1.4), layout="constrained")
axes.barh(sections.index, sections["stories"], color="#d5d9de", label="all stories")
axes.barh(sections.index, sections["about"], color="#2f6690", label="with 紐約 or 纽约")
axes.set_title("Stories by section", loc="left")
axes.xaxis.get_major_locator().set_params(integer=True)
axes.legend(frameon=False, loc="lower right")
figure.savefig(INTO / "sections.png", dpi=150)

# %% Chart 2
edits["day"] = edits["observed_at"].dt.strftime("%m-%d")
edits["how"] = edits["silent"].map({0: "stated", 1: "silent"})
days = edits.groupby(["day", "how"]).size().unstack(fill_value=0).reindex(columns=["stated", "silent"], fill_value=0)
figure, axes = plt.subplots(figsize=(8, 3.2), layout="constrained")
below = pd.Series(0, index=days.index)
for how, color in (("stated", "#2f6690"), ("silent", "#c8553d")):
    axes.bar(days.index, days[how], bottom=below, color=color, width=0.6, label=f"{how} edits")
    below = below + days[how]
axes.set_title("What the paper changed after publication, by the day it was noticed (UTC)", loc="left")
axes.yaxis.get_major_locator().set_params(integer=True)
axes.legend(frameon=False)
figure.savefig(INTO / "edits.png", dpi=150)

# %% The same as a table
print(edits[["observed_at", "how", "headline"]].to_string(index=False))

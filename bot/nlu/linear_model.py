"""A linear classifier of short texts on word and character features, with calibrated confidence.

Features and classifier are those that measured best on Danish questions: TF-IDF of words and word pairs, and of characters
within words after folding spelling variants; a one-vs-rest linear SVM; one temperature on held-out examples that turns
margins into probabilities (Guo et al., 2017, «On Calibration of Modern Neural Networks»).
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC
from tqdm import tqdm  # type: ignore[import-untyped]

from bot.nlu.normalise import fold, normalise
from bot.nlu.typos import with_typos

Floats = npt.NDArray[np.float32]

_TO_CALIBRATE = 1 / 3
_SEED = 7
# liblinear's own 1e-4 takes longer and ranks no golden question better.
_TOLERANCE = 0.3


class LinearModel:
    """Texts in, a probability for each label out. Made by `train` or `load`.

    A row of `weights` belongs to a term, a column to a label. `rows` tells each view's terms their row, `idf` each row its weight.
    """

    def __init__(
        self, labels: Sequence[str], rows: Sequence[dict[str, int]], idf: Floats, weights: Floats, bias: Floats, temperature: float
    ) -> None:
        self.labels = list(labels)
        self._rows = list(rows)
        self._idf = idf
        self._weights = weights
        self._bias = bias
        self._temperature = temperature
        self._analyzers = [vectorizer.build_analyzer() for vectorizer in _new_vectorizers()]

    @classmethod
    def train(cls, texts: Sequence[str], labels: Sequence[str], *, balanced: bool = False) -> LinearModel:
        """A model of `texts`, each with its label. The same examples give the same model, but for rounding. Shows its progress.

        A label weighs as its share of the examples does, or as much as any other where it is `balanced`.
        """
        # Every third example is learnt from misspelt too: nearly as good as all of them, in two thirds of the time.
        misspelt = with_typos(texts[::3], seed=_SEED)
        truth = np.asarray([*labels, *labels[::3]])
        views = zip(*map(_views, (*texts, *misspelt)), strict=True)
        vectorizers = _new_vectorizers()
        blocks = [vectorizer.fit_transform(view) for vectorizer, view in zip(vectorizers, views, strict=True)]
        features = hstack(blocks, format="csr", dtype=np.float64)
        as_written = np.arange(len(texts))
        learnt, held_out = train_test_split(
            as_written, train_size=_TO_CALIBRATE, test_size=_TO_CALIBRATE, random_state=_SEED, stratify=truth[as_written]
        )
        names = np.unique(truth)
        with tqdm(total=2 * len(names), desc="Sætninger", unit="emne", mininterval=1) as progress:
            # A third of what is learnt from in the end tells the temperature, in a quarter of the time.
            weights, bias = _fit(features[learnt], truth[learnt], balanced, progress)
            temperature = _temperature(features[held_out] @ weights + bias, np.searchsorted(names, truth[held_out]))
            weights, bias = _fit(features, truth, balanced, progress)
        terms = [vectorizer.get_feature_names_out().tolist() for vectorizer in vectorizers]
        idf = np.concatenate([vectorizer.idf_ for vectorizer in vectorizers]).astype(np.float32)
        return cls(names.tolist(), _numbered(terms), idf, weights, bias, temperature)

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """A row for each text, a column for each of `labels`; rows add up to one."""
        rows: Floats = softmax(np.array([self._margin(text) for text in texts]) / self._temperature, axis=1)
        return rows

    def _margin(self, text: str) -> Floats:
        """What the vectorizers and the SVM would compute; their sparse matrices cost six times as much for a single text."""
        margin = self._bias
        for analyze, rows, view in zip(self._analyzers, self._rows, _views(text), strict=True):
            counts = Counter(row for term in analyze(view) if (row := rows.get(term)) is not None)
            if counts:
                known = np.fromiter(counts.keys(), dtype=np.intp)
                values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32))) * self._idf[known]
                margin = margin + (values / np.linalg.norm(values)) @ self._weights[known]
        return margin

    def save(self, folder: Path) -> None:
        """Writes the model as JSON and arrays; nothing in it can run code when it is read back."""
        np.savez_compressed(folder / "weights.npz", weights=self._weights.astype(np.float16), bias=self._bias, idf=self._idf)
        meta = {"labels": self.labels, "temperature": self._temperature, "terms": [list(rows) for rows in self._rows]}
        (folder / "model.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """The model that `save` wrote to `folder`."""
        meta = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            weights = arrays["weights"].astype(np.float32)
            return cls(meta["labels"], _numbered(meta["terms"]), arrays["idf"], weights, arrays["bias"], meta["temperature"])


def _new_vectorizers() -> list[TfidfVectorizer]:
    return [
        TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"[\w?]+", lowercase=False, sublinear_tf=True, dtype=np.float32),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2, lowercase=False, sublinear_tf=True, dtype=np.float32),
    ]


def _views(text: str) -> tuple[str, str]:
    """What each vectorizer sees of `text`: words as they are, characters in folded spelling."""
    normalised = normalise(text)
    return normalised, fold(normalised)


def _fit(features: csr_matrix, truth: npt.NDArray[np.str_], balanced: bool, progress: tqdm) -> tuple[Floats, Floats]:
    """Weights and bias of one classifier a label, learnt from rows of features with their labels."""
    names, counts = np.unique(truth, return_counts=True)

    def one_against_the_rest(name: str, count: int) -> LinearSVC:
        class_weight = {True: len(truth) / (len(names) * count) if balanced else 1.0}
        svm = LinearSVC(random_state=_SEED, tol=_TOLERANCE, class_weight=class_weight).fit(features, truth == name)
        progress.update()
        return svm

    # liblinear works outside of Python's lock, so threads use every core and share the features.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        fitted = list(pool.map(one_against_the_rest, names, counts))
    weights = np.ascontiguousarray(np.vstack([svm.coef_ for svm in fitted]).T, dtype=np.float32)
    return weights, np.concatenate([svm.intercept_ for svm in fitted]).astype(np.float32)


def _numbered(views: Sequence[Sequence[str]]) -> list[dict[str, int]]:
    """The row of each term: the views' rows follow one another."""
    starts = np.cumsum([0, *map(len, views)])
    return [{term: int(start) + row for row, term in enumerate(terms)} for start, terms in zip(starts, views, strict=False)]


def _temperature(margins: Floats, truth: npt.NDArray[np.intp]) -> float:
    def loss(log_temperature: float) -> float:
        scores = log_softmax(margins / np.exp(log_temperature), axis=1)
        return -float(scores[np.arange(len(truth)), truth].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4, 2), method="bounded").x))

"""A linear classifier of short texts on word and character features, with calibrated confidence.

Features and classifier are those that measured best on Danish questions: TF-IDF of words and word pairs, of characters
within words, and of the same characters after folding spelling variants; a one-vs-rest linear SVM; one temperature on
held-out folds that turns margins into probabilities (Guo et al., 2017, «On Calibration of Modern Neural Networks»).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.nlu.normalise import fold, normalise
from bot.nlu.typos import with_typos

Floats = npt.NDArray[np.float32]

_TYPO_WEIGHT = 0.5
_FOLDS = 3
_SEED = 7


class LinearModel:
    """Texts in, a probability for each label out. Made by `train` or `load`."""

    def __init__(
        self, labels: Sequence[str], vectorizers: Sequence[TfidfVectorizer], weights: Floats, bias: Floats, temperature: float
    ) -> None:
        self.labels = list(labels)
        self._vectorizers = list(vectorizers)
        self._weights = weights
        self._bias = bias
        self._temperature = temperature

    @classmethod
    def train(cls, texts: Sequence[str], labels: Sequence[str]) -> LinearModel:
        """A model of `texts`, each with its label. Deterministic: the same examples give the same model."""
        label_of = np.asarray(labels)
        margins = np.zeros((len(texts), len(set(labels))), dtype=np.float32)
        for training, held_out in StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(texts, label_of):
            part = cls._fit([texts[i] for i in training], label_of[training])
            margins[held_out] = part._margins([texts[i] for i in held_out])
        model = cls._fit(texts, label_of)
        model._temperature = _temperature(margins, np.searchsorted(model.labels, label_of))
        return model

    @classmethod
    def _fit(cls, texts: Sequence[str], labels: npt.NDArray[np.str_]) -> LinearModel:
        copies = with_typos(texts, seed=_SEED)
        everything = [*texts, *copies]
        vectorizers = _new_vectorizers()
        blocks = [vectorizer.fit_transform(_view(everything, view)) for view, vectorizer in enumerate(vectorizers)]
        weights = np.r_[np.ones(len(texts)), np.full(len(copies), _TYPO_WEIGHT)]
        svm = LinearSVC(C=1.0, class_weight="balanced", random_state=_SEED)
        svm.fit(hstack(blocks, format="csr"), np.r_[labels, labels], sample_weight=weights)
        return cls(svm.classes_.tolist(), vectorizers, svm.coef_.astype(np.float32), svm.intercept_.astype(np.float32), 1.0)

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """A row for each text, a column for each of `labels`; rows add up to one."""
        rows: Floats = softmax(self._margins(texts) / self._temperature, axis=1)
        return rows

    def _margins(self, texts: Sequence[str]) -> Floats:
        features = hstack([vectorizer.transform(_view(texts, view)) for view, vectorizer in enumerate(self._vectorizers)], format="csr")
        margins: Floats = csr_matrix(features, dtype=np.float32) @ self._weights.T + self._bias
        return margins

    def save(self, folder: Path) -> None:
        """Writes the model as JSON and arrays; nothing in it can run code when it is read back."""
        np.savez_compressed(
            folder / "weights.npz",
            weights=self._weights.astype(np.float16),
            bias=self._bias,
            **{f"idf{view}": vectorizer.idf_.astype(np.float32) for view, vectorizer in enumerate(self._vectorizers)},
        )
        terms = [vectorizer.get_feature_names_out().tolist() for vectorizer in self._vectorizers]
        meta = {"labels": self.labels, "temperature": self._temperature, "terms": terms}
        (folder / "model.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """The model that `save` wrote to `folder`."""
        meta = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            vectorizers = _new_vectorizers()
            for view, (vectorizer, terms) in enumerate(zip(vectorizers, meta["terms"], strict=True)):
                vectorizer.vocabulary = {term: column for column, term in enumerate(terms)}
                vectorizer._validate_vocabulary()
                vectorizer.idf_ = arrays[f"idf{view}"]
            return cls(meta["labels"], vectorizers, arrays["weights"].astype(np.float32), arrays["bias"], meta["temperature"])


def _new_vectorizers() -> list[TfidfVectorizer]:
    return [
        TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"[\w?]+", lowercase=False, sublinear_tf=True, dtype=np.float32),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, lowercase=False, sublinear_tf=True, dtype=np.float32),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, lowercase=False, sublinear_tf=True, dtype=np.float32),
    ]


def _view(texts: Sequence[str], view: int) -> Iterator[str]:
    """What vectorizer number `view` sees of `texts`: the last one reads folded spelling."""
    normalised = map(normalise, texts)
    return map(fold, normalised) if view == 2 else normalised


def _temperature(margins: Floats, truth: npt.NDArray[np.intp]) -> float:
    def loss(log_temperature: float) -> float:
        scores = log_softmax(margins / np.exp(log_temperature), axis=1)
        return -float(scores[np.arange(len(truth)), truth].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4, 2), method="bounded").x))

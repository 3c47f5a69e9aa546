"""A second reader for scans, of another make than Tesseract: RapidOCR, where ``solieu[ocr]`` is installed.

In: a picture of one line or word. Out: what it reads there, and how sure it is. It was trained on other letters and
loses Vietnamese accents, but hardly a digit, and it does not make Tesseract's mistakes: where both read the same
number, the number is right. Only the recogniser runs, on the weights that lie in the package; nothing is fetched.
"""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

REMEMBERED = 512  # words: more than a page has numbers
WEIGHTS = "*_rec_*.onnx"
SHAPE = [3, 48, 160]  # colours, height, least width: a number is narrower than the 320 of a line, and read as well


class SecondReader:
    """RapidOCR's recogniser, loaded once a process; several threads may ask it.

    A word is asked about as a Roman numeral, as a mark and as a number: it is looked at once (a fifth of all).
    """

    def __init__(self, weights: Path) -> None:
        """Loads ``weights``."""
        from rapidocr import RapidOCR

        self._engine: Any = RapidOCR(
            params={
                "Rec.model_path": str(weights),
                "Rec.rec_img_shape": SHAPE,
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
        self._recognise = lru_cache(maxsize=REMEMBERED)(self._look)

    def read(self, picture: Image) -> tuple[str, float]:
        """The text of a picture of one line, and the reader's confidence; empty where it sees none."""
        return self._recognise(picture.convert("RGB").tobytes(), picture.size)

    def _look(self, pixels: bytes, size: tuple[int, int]) -> tuple[str, float]:
        from PIL.Image import frombytes

        found = self._engine(frombytes("RGB", size, pixels), use_det=False, use_cls=False, use_rec=True)
        if not found.txts:
            return "", 0.0
        return str(found.txts[0]).strip(), float(found.scores[0])


def has_second_reader() -> bool:
    """Whether the package and the engine that runs it are installed, with the weights beside them."""
    return _weights() is not None


@cache
def find_second_reader() -> SecondReader | None:
    """The second reader of this process, or None where it is not installed."""
    weights = _weights()
    if weights is None:
        return None
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return SecondReader(weights)


def _weights() -> Path | None:
    package = find_spec("rapidocr")
    if package is None or package.origin is None or find_spec("onnxruntime") is None:
        return None
    return next(iter(sorted((Path(package.origin).parent / "models").glob(WEIGHTS))), None)

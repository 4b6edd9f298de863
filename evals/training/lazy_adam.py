"""Inside the loop of training: Adam that visits only the rows a batch uses, which are few of a large vocabulary."""

import torch

BETAS = (0.9, 0.98)
EPSILON = 1e-8


class LazyAdam:
    """Adam (Kingma and Ba 2015) over the rows of a tensor; a row's moments stand still while it is not used."""

    def __init__(self, rows: torch.Tensor, learning_rate: float) -> None:
        """``rows`` are changed in place."""
        self._rows = rows
        self._learning_rate = learning_rate
        self._first, self._second = torch.zeros_like(rows), torch.zeros_like(rows)
        self._steps = torch.zeros(len(rows))

    def step(self, chosen: torch.Tensor, gradient: torch.Tensor | None, ratio: float) -> None:
        """Move the ``chosen`` rows against their ``gradient``, at ``ratio`` of the learning rate."""
        if gradient is None:
            return
        decay, square_decay = BETAS
        self._steps[chosen] += 1
        shape = (-1, *[1] * (gradient.dim() - 1))
        steps = self._steps[chosen].reshape(shape)
        first = self._first[chosen].mul_(decay).add_(gradient, alpha=1 - decay)
        second = self._second[chosen].mul_(square_decay).addcmul_(gradient, gradient, value=1 - square_decay)
        self._first[chosen], self._second[chosen] = first, second
        direction = first / (1 - decay**steps) / ((second / (1 - square_decay**steps)).sqrt() + EPSILON)
        self._rows[chosen] -= self._learning_rate * ratio * direction

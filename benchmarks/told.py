"""How a figure is printed: with its n, how far other meetings could have put it, and the bar that it is held against."""

from analyzer.model.scores import Figure

WIDE = 46


def shown(figure: Figure) -> str:
    """The value with its interval, `.532 (.491 to .570)`."""
    if figure.value is None:
        return "n/a"
    return f"{figure.value:.3f}" + ("" if figure.low is None else f" ({figure.low:.3f} to {figure.high:.3f})")


def told(what: str, figure: Figure, *, least: float | None = None, most: float | None = None) -> None:
    """One line; `least` and `most` are bars."""
    bar = ""
    if figure.value is not None and least is not None:
        bar = f"  at least {least:.2f}: {'reached' if figure.value >= least else 'MISSED'}"
    if figure.value is not None and most is not None:
        bar = f"  at most {most:.2f}: {'reached' if figure.value <= most else 'MISSED'}"
    print(f"  {what:<{WIDE}}{shown(figure):<24}n={figure.n}{bar}", flush=True)

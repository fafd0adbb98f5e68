"""“Did you mean …”: the partner's own names that come close to what was typed."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from customers import text
from partners.models import Partner

FEW = 5  # with fewer hits than these, names with a slip of the finger are offered too
MOST = 8
SHORTEST = 4  # in shorter words, one slip makes another name
CLOSE = 0.7  # one slip in four letters, two in seven


def close_names(partner: Partner, query: str) -> list[str]:
    """Names (as `sort_name`) with a word close to each of the query, the closest first."""
    words = text.search_words(query)
    if not any(is_word(word) for word in words) or not all(map(is_name_part, words)):
        return []
    names = partner.customers.all_names()
    known = set(names.split())
    near = [close_words(word, known) for word in words]
    first = near[0].keys()
    close = {name for name in names.splitlines() if not first.isdisjoint(name.split())}
    scored = ((score(name.split(), near), name) for name in close)
    best = sorted((-points, name) for points, name in scored if points)
    return [name for _points, name in best[:MOST]]


def is_word(word: str) -> bool:
    return len(word) >= SHORTEST


def is_name_part(word: str) -> bool:
    return not any(map(str.isdigit, word))


def close_words(word: str, known: Iterable[str]) -> dict[str, float]:
    """Words of names with how close they come to a word of the query, or to its beginning."""
    near = {part: 1.0 for part in known if part.startswith(word)}
    if is_word(word):
        found = process.extract(
            word, list(known), scorer=OSA.normalized_similarity, score_cutoff=CLOSE, limit=50
        )
        near |= {part: points for part, points, _place in found}
    return near


def score(parts: list[str], near: list[dict[str, float]]) -> float:
    """How close a name comes to all words of the query; 0 if one of them is far."""
    points = [max((close.get(part, 0.0) for part in parts), default=0.0) for close in near]
    return sum(points) if all(points) else 0.0

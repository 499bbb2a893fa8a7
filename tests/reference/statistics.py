"""The statistics of digest-search, written apart from it: python3 statistics.py > statistics.json

Standard library only; logarithms and roots in 50 decimal digits, binomials in integers. Where scipy is installed its
own functions must agree. Prints cases, each with what goes in and what must come out, to 12 significant digits.
"""

import itertools
import json
import math
import pathlib
import sys
from decimal import Decimal, getcontext
from fractions import Fraction

# This file is called like a module of the standard library, which others must still find.
sys.path[:] = [p for p in sys.path if pathlib.Path(p or ".").resolve() != pathlib.Path(__file__).resolve().parent]
getcontext().prec = 50


def exact(x):
    return x if isinstance(x, Decimal) else Decimal(repr(x))


def log_odds(y_i, y_j, n_i, n_j, bg, a0):
    """Monroe, Colaresi & Quinn 2008, "Fightin' Words", Political Analysis 16(4), the informative Dirichlet prior:
    a = a0·bg, delta = ln[(y_i+a)/(n_i+a0−y_i−a)] − ln[(y_j+a)/(n_j+a0−y_j−a)], variance = 1/(y_i+a) + 1/(y_j+a),
    z = delta/√variance. None where a side has no use of the word or none of any other, not even by the prior."""
    a, a0 = exact(a0) * exact(bg), exact(a0)
    odds = [(y + a, n + a0 - y - a) for y, n in ((y_i, n_i), (y_j, n_j))]
    if any(x <= 0 for side in odds for x in side):
        return None
    (use_i, other_i), (use_j, other_j) = odds
    delta = (use_i / other_i).ln() - (use_j / other_j).ln()
    variance = 1 / use_i + 1 / use_j
    return {"delta": delta, "variance": variance, "z": delta / variance.sqrt()}


def jensen_shannon(a, b):
    """Lin 1991, IEEE Trans. Information Theory 37(1); Endres & Schindelin 2003 for the root being a metric: with
    p = a/Σa, q = b/Σb, m = (p+q)/2, distance = √[½ Σ p log2(p/m) + ½ Σ q log2(q/m)], from 0 to 1. None of nothing."""
    if not sum(a) or not sum(b):
        return None
    divergence = Decimal(0)
    for x, y in zip(a, b):
        p, q = Decimal(x) / sum(a), Decimal(y) / sum(b)
        for share in (p, q):
            if share:
                divergence += share * (2 * share / (p + q)).ln() / Decimal(2).ln() / 2
    # Rounding leaves 1e-50 of a divergence of nothing, of which the root would be 1e-25.
    return divergence.sqrt() if divergence > Decimal("1e-40") else Decimal(0)


def benjamini_hochberg(p):
    """Benjamini & Hochberg 1995, JRSS B 57(1): of M sorted p, q_(i) = min over k ≥ i of p_(k)·M/k, at most 1."""
    order = sorted(range(len(p)), key=lambda at: p[at])
    q, least = [None] * len(p), Decimal(1)
    for rank in range(len(p), 0, -1):
        least = min(least, exact(p[order[rank - 1]]) * len(p) / rank)
        q[order[rank - 1]] = least
    return q


def hypergeometric_none(N, n_p, K):
    """None of the K is of the n_p among N: C(N−n_p, K) / C(N, K)."""
    return Fraction(math.comb(N - n_p, K), math.comb(N, K))


def emissions(r, d, p0, s):
    """σ(i, r, d) = −ln[C(d,r) p_i^r (1−p_i)^(d−r)] for i = 0, 1; a batch without a sample costs nothing."""
    if d == 0:
        return Decimal(0), Decimal(0)
    return tuple(-(r * p.ln() + (d - r) * (1 - p).ln() + Decimal(math.comb(d, r)).ln()) for p in (p0, s * p0))


def cheapest_of_all(costs, up):
    """Every sequence of states. Of those that cost the same, the one that, read from its end, is in state 0 first."""

    def cost(states):
        ups = sum(1 for a, b in zip((0, *states), states) if a < b)
        return round(sum(costs[t][i] for t, i in enumerate(states)) + ups * up, 40)

    return min(itertools.product((0, 1), repeat=len(costs)), key=lambda states: (cost(states), states[::-1]))


def cheapest(costs, up):
    """The same by dynamic programming (Viterbi): state 0 wherever it costs no more."""
    best, came = [Decimal(0), Decimal("Infinity")], []
    for zero, one in costs:
        came.append((best[1] < best[0], best[1] < best[0] + up))
        best = [min(best) + zero, min(best[0] + up, best[1]) + one]
    states = [int(best[1] < best[0])]
    for from_one in came[:0:-1]:
        states.append(int(from_one[states[-1]]))
    return tuple(states[::-1])


def kleinberg(r, d, s=2, gamma=1):
    """Kleinberg 2002, "Bursty and hierarchical structure in streams", KDD, section 4: p0 = Σr/Σd, p1 = s·p0; the states
    with the least Σ σ(state, r_t, d_t) + γ·ln T for each step up, none down, from state 0 before the first batch; a
    burst is a run of state 1 and weighs Σ σ(0, r_t, d_t) − σ(1, r_t, d_t). None where nothing was sampled, or
    p0 ≥ 1/(2s). T is the number of batches; no case here depends on whether those without a sample count in it."""
    if not sum(d) or sum(r) * 2 * s >= sum(d):
        return None
    p0 = Decimal(sum(r)) / sum(d)
    states, costs = (0,) * len(r), []
    if p0:
        costs = [emissions(r_t, d_t, p0, s) for r_t, d_t in zip(r, d)]
        found = [cheapest(costs, gamma * Decimal(T).ln()) for T in (len(d), sum(1 for d_t in d if d_t))]
        assert found[0] == found[1], "gaps"
        states = found[0]
        if len(r) <= 14:
            assert states == cheapest_of_all(costs, gamma * Decimal(len(d)).ln()), "brute force"
    bursts, at = [], 0
    for state, run in itertools.groupby(states):
        last = at + len(list(run)) - 1
        if state:
            weight = sum(costs[t][0] - costs[t][1] for t in range(at, last + 1))
            bursts.append({"first": at, "last": last, "weight": weight})
        at = last + 1
    return {"p0": p0, "p1": s * p0, "states": states, "bursts": bursts}


Z = Decimal("1.95996398454005423552")  # Φ⁻¹(.975)


def share(digests):
    """Of D digests (y of m): n = Σm, p = Σy/n, v = D/(D−1) · Σ(y − p·m)²/n², the variance of a ratio of clusters;
    Kish 1965, "Survey Sampling": deff = v / (p(1−p)/n), n_eff = n / max(1, deff). Wilson 1927, JASA 22, for n_eff:
    [p + z²/2n ± z·√(p(1−p)/n + z²/4n²)] / (1 + z²/n). Without a deff (p of 0 or 1, one digest) n_eff = n. D counts
    digests with m > 0. None of nothing."""
    digests = [(y, m) for y, m in digests if m]
    n, D = sum(m for _, m in digests), len(digests)
    if not n:
        return None
    p = Decimal(sum(y for y, _ in digests)) / n
    deff = None
    if D > 1 and 0 < p < 1:
        v = Decimal(D) / (D - 1) * sum((y - p * m) ** 2 for y, m in digests) / n**2
        deff = v / (p * (1 - p) / n)
    n_eff = n / max(Decimal(1), deff or Decimal(1))
    center = p + Z**2 / (2 * n_eff)
    half = Z * (p * (1 - p) / n_eff + Z**2 / (4 * n_eff**2)).sqrt()
    low, high = ((center + sign * half) / (1 + Z**2 / n_eff) for sign in (-1, 1))
    low, high = (Decimal(0) if p == 0 else low), (Decimal(1) if p == 1 else high)
    return {"share": p, "deff": deff, "n_eff": n_eff, "low": low, "high": high}


def permutation_p(b, B):
    """Phipson & Smyth 2010, SAGMB 9(1): b of B permutations at least as extreme as what was seen."""
    return Fraction(b + 1, B + 1)


CASES = {
    log_odds: {
        "one side only, 20 of 20,000": (20, 0, 20000, 20000, 0.0005, 40000),
        "one side only, 50 of 20,000": (50, 0, 20000, 20000, 0.00125, 40000),
        "the other side only": (0, 50, 20000, 20000, 0.00125, 40000),
        "one side only, prior of 500": (20, 0, 20000, 20000, 0.0005, 500),
        "equal": (37, 37, 12000, 12000, 0.003, 24000),
        "as often of unequal sides": (30, 10, 15000, 5000, 0.002, 20000),
        "on neither side": (0, 0, 15000, 5000, 0.001, 20000),
        "tiny prior": (12, 3, 800, 900, 0.01, 0.001),
        "huge prior": (12, 3, 800, 900, 0.01, 1e9),
        "rare elsewhere": (20, 1, 20000, 20000, 1e-9, 40000),
        "common": (900, 700, 1500, 1400, 0.55, 2900),
        "one unit a side": (1, 0, 1, 1, 0.5, 2),
        "no word but this one": (5, 7, 5, 7, 1.0, 12),
        "no prior and not used": (5, 0, 100, 100, 0.025, 0),
    },
    jensen_shannon: {
        "identical": ([3, 1, 4, 1, 5], [3, 1, 4, 1, 5]),
        "proportional": ([1, 2, 3], [10, 20, 30]),
        "disjoint": ([5, 3, 0, 0], [0, 0, 2, 7]),
        "one word": ([4], [9]),
        "two words": ([3, 1], [1, 3]),
        "zeros on either side and on both": ([10, 0, 5, 0, 1], [0, 7, 5, 0, 2]),
        "unequal totals": ([1000, 200, 30, 4, 0], [1, 1, 1, 1, 1]),
        "nearly the same": ([10000, 10001, 9999], [10001, 10000, 9999]),
        "a side without words": ([1, 2], [0, 0]),
    },
    benjamini_hochberg: {
        "unsorted": ([0.04, 0.001, 0.2, 0.012, 0.6, 0.0005],),
        "their table 1": ([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
                           0.5719, 0.6528, 0.7590, 1.0],),
        "ties": ([0.03, 0.01, 0.03, 0.01, 0.5, 0.03],),
        "ones": ([1.0, 1.0, 1.0],),
        "a single one": ([0.037],),
        "a later one is less": ([0.05, 0.04, 0.03, 0.02, 0.0101],),
        "none": ([],),
    },
    hypergeometric_none: {
        "of ten and ten": (20, 10, 5),
        "one": (20, 10, 1),
        "nothing drawn": (20, 10, 0),
        "nobody there": (30, 0, 7),
        "more than the others have": (20, 12, 9),
        "just what the others have": (20, 12, 8),
        "large": (5000, 1700, 40),
        "large and rare": (5000, 2500, 600),
        "small side": (5000, 3, 60),
    },
    kleinberg: {
        "no burst": ([1, 2, 1, 1, 2, 1, 0, 1, 2, 1], [20] * 10),
        "one burst": ([1, 0, 1, 8, 9, 1, 0, 1, 1, 0], [20] * 10),
        "two bursts": ([0, 9, 8, 0, 1, 0, 0, 1, 9, 10, 0, 1], [30] * 12),
        "at the start": ([9, 8, 7, 0, 0, 1, 0, 0, 1, 0, 1, 0], [20] * 12),
        "at the end": ([0, 1, 0, 0, 1, 0, 1, 0, 7, 9], [20] * 10),
        "a gap inside": ([0, 1, 8, 0, 9, 1, 0, 0, 1, 0, 0, 0], [20, 20, 20, 0, 20, 20, 20, 20, 20, 20, 20, 20]),
        "gaps around": ([0, 1, 0, 0, 9, 8, 0, 0, 1, 0, 0, 0, 0], [20, 20, 0, 0, 20, 20, 0, 20, 20, 20, 20, 20, 20]),
        "gaps at the ends": ([0, 8, 9, 0, 1, 0, 0, 1, 0, 8, 9, 0], [0, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 0]),
        "samples of many sizes": ([0, 1, 4, 3, 12, 0, 0, 2, 1, 0, 1], [7, 20, 9, 5, 30, 20, 1, 20, 40, 12, 20]),
        "one batch says too little": ([0, 0, 3, 0, 0, 1, 0, 0], [20] * 8),
        "too common": ([5, 5, 9, 5], [20] * 4),
        "just too common": ([5, 5, 5, 5], [20] * 4),
        "nothing found": ([0, 0, 0, 0, 0], [20, 0, 20, 20, 20]),
        "nothing sampled": ([0, 0], [0, 0]),
        "sixty batches": ([0 if 25 <= t < 28 else t * t % 7 % 3 + 9 * (17 <= t < 22 or 40 <= t < 42) for t in range(60)],
                          [0 if 25 <= t < 28 else 40 if t < 50 else 25 for t in range(60)]),
    },
    share: {
        "the same in each": ([(5, 10)] * 10,),
        "all or nothing": ([(10, 10), (0, 10)] * 5,),
        "of many sizes": ([(3, 20), (0, 10), (7, 12), (1, 20), (2, 8), (0, 0), (4, 20)],),
        "nothing found": ([(0, 10)] * 30,),
        "all found": ([(10, 10), (8, 8), (12, 12)],),
        "one digest": ([(3, 20)],),
        "once": ([(0, 10)] * 29 + [(1, 10)],),
        "one article": ([(1, 1)],),
        "nothing sampled": ([(0, 0)],),
    },
    permutation_p: {"never": (0, 999), "some": (49, 999), "always": (999, 999)},
}


def shown(x):
    if isinstance(x, dict):
        return {key: shown(value) for key, value in x.items()}
    if isinstance(x, (list, tuple)):
        return [shown(value) for value in x]
    if isinstance(x, (Decimal, Fraction)):
        return float(f"{float(x):.12g}")
    return x


def check():
    try:
        from scipy import spatial, stats
    except ImportError:
        return
    close = lambda a, b: math.isclose(float(a), float(b), rel_tol=1e-7, abs_tol=1e-9)
    for a, b in CASES[jensen_shannon].values():
        if sum(a) and sum(b):
            assert close(jensen_shannon(a, b), spatial.distance.jensenshannon(a, b, base=2)), (a, b)
    for (p,) in CASES[benjamini_hochberg].values():
        assert not p or all(map(close, benjamini_hochberg(p), stats.false_discovery_control(p)))
    for N, n_p, K in CASES[hypergeometric_none].values():
        assert close(hypergeometric_none(N, n_p, K), stats.hypergeom(N, n_p, K).pmf(0))
    for y, n in ((3, 20), (81, 263), (0, 20)):
        wilson = stats.binomtest(y, n).proportion_ci(method="wilson")
        ours = share([(y, n)])
        assert close(ours["low"], wilson.low) and close(ours["high"], wilson.high)


if __name__ == "__main__":
    check()
    names = {f: f.__code__.co_varnames[: f.__code__.co_argcount] for f in CASES}
    cases = {f.__name__: [{"case": case, "in": dict(zip(names[f], given)), "out": shown(f(*given))}
                          for case, given in given_of.items()] for f, given_of in CASES.items()}
    lists = (f" {json.dumps(name)}: [\n" + ",\n".join(f"  {json.dumps(case)}" for case in of) + "\n ]"
             for name, of in cases.items())
    print("{\n" + ",\n".join(lists) + "\n}")

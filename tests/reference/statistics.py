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

from cases import CASES

# This file is called like a module of the standard library, which others must still find.
sys.path[:] = [p for p in sys.path if pathlib.Path(p or ".").resolve() != pathlib.Path(__file__).resolve().parent]
getcontext().prec = 50


def exact(x):
    return x if isinstance(x, Decimal) else Decimal(repr(x))


def log_odds(y_i, y_j, n_i, n_j, bg, a0_i, a0_j):
    """Monroe, Colaresi & Quinn 2008, "Fightin' Words", Political Analysis 16(4), the informative Dirichlet prior, each
    side with its own: a_i = a0_i·bg, delta = ln[(y_i+a_i)/(n_i+a0_i−y_i−a_i)] − ln[(y_j+a_j)/(n_j+a0_j−y_j−a_j)],
    variance = 1/(y_i+a_i) + 1/(y_j+a_j), z = delta/√variance. None where a side has no use of the word or none of any other, not even by the prior."""
    sides = ((y_i, n_i, exact(a0_i)), (y_j, n_j, exact(a0_j)))
    odds = [(y + a0 * exact(bg), n + a0 - y - a0 * exact(bg)) for y, n, a0 in sides]
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


def swap(digests, side):
    """Whether a term is of one side more than of the rest, against sides that change places: digests are [block, sides],
    each side [y, n] or null where the digest has none of it. In a digest with this side and another, side a has the score
    u_a = y_a − n_a·Σy/Σn; in a block scores add up by side, and the sides that are in it change places at random, all
    alike, in all its digests together (a uniform permutation; Fisher 1935, "The Design of Experiments", section 21).
    U = Σ u_side over blocks, mean 0, variance Σ_blocks mean over sides of u²; T = U/√variance; p = min(1, 2·min(P(U* ≥ U),
    P(U* ≤ U))), exact over all arrangements. None where no arrangement changes anything."""
    blocks = {}
    for block, sides in digests:
        here = {a: cell for a, cell in enumerate(sides) if cell and cell[1]}
        if side in here and len(here) > 1:
            rate = Fraction(sum(y for y, _ in here.values()), sum(n for _, n in here.values()))
            scores = blocks.setdefault(block, {})
            for a, (y, n) in here.items():
                scores[a] = scores.get(a, 0) + y - n * rate
    seen = sum(scores[side] for scores in blocks.values())
    variance = sum(sum(u**2 for u in scores.values()) / len(scores) for scores in blocks.values())
    if not variance:
        return None
    sums = [sum(arrangement) for arrangement in itertools.product(*(scores.values() for scores in blocks.values()))]
    tail = min(sum(1 for u in sums if u >= seen), sum(1 for u in sums if u <= seen))
    decimal = lambda x: Decimal(x.numerator) / x.denominator
    t = decimal(Fraction(seen)) / decimal(Fraction(variance)).sqrt()
    return {"u": Fraction(seen), "variance": variance, "t": t, "p": min(Fraction(1), Fraction(2 * tail, len(sums)))}


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
    for a, b in CASES["jensen_shannon"].values():
        if sum(a) and sum(b):
            assert close(jensen_shannon(a, b), spatial.distance.jensenshannon(a, b, base=2)), (a, b)
    for (p,) in CASES["benjamini_hochberg"].values():
        assert not p or all(map(close, benjamini_hochberg(p), stats.false_discovery_control(p)))
    for N, n_p, K in CASES["hypergeometric_none"].values():
        assert close(hypergeometric_none(N, n_p, K), stats.hypergeom(N, n_p, K).pmf(0))
    for y, n in ((3, 20), (81, 263), (0, 20)):
        wilson = stats.binomtest(y, n).proportion_ci(method="wilson")
        ours = share([(y, n)])
        assert close(ours["low"], wilson.low) and close(ours["high"], wilson.high)


if __name__ == "__main__":
    check()
    cases = {}
    for name, given_of in CASES.items():
        function = globals()[name]
        names = function.__code__.co_varnames
        cases[name] = [{"case": case, "in": dict(zip(names, given)), "out": shown(function(*given))}
                       for case, given in given_of.items()]
    lists = (f" {json.dumps(name)}: [\n" + ",\n".join(f"  {json.dumps(case)}" for case in of) + "\n ]"
             for name, of in cases.items())
    print("{\n" + ",\n".join(lists) + "\n}")

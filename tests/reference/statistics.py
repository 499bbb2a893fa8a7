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


def share(digests):
    """Digests are [day, y, m]: n = Σm, p = Σy/n. By blocks of 1, 3, 7 and 14 days of which there are B, 3 at least, of 14 days 10,
    v = B/(B−1) · Σ(y − p·m)²/n², the variance of a ratio of clusters; Kish 1965, "Survey Sampling": deff = v/(p(1−p)/n), 1 for a p of 0 or 1.
    No less than (k·deff + 20·3)/(k + 20), k = min(y, n − y), nor than 1. The greatest counts, of several as great the
    shortest blocks. Wilson 1927, JASA 22, for n_eff = n/deff with the quantile t of Student's distribution for B − 1:
    [p + t²/2n ± t·√(p(1−p)/n + t²/4n²)] / (1 + t²/n). None of nothing; no interval without blocks."""
    digests = [d for d in digests if d[2]]
    n, y = sum(m for _, _, m in digests), sum(y for _, y, _ in digests)
    if not n:
        return None
    p, best = Decimal(y) / n, None
    for length in (1, 3, 7, 14):
        blocks = by_block(digests, length)
        B = len(blocks)
        if B < (10 if length == 14 else 3):
            continue
        deff = Decimal(1)
        if 0 < y < n:
            deff = Decimal(B) / (B - 1) * sum((a - p * b) ** 2 for a, b in blocks) / n / (p * (1 - p))
        k = min(y, n - y)
        deff = max(Decimal(1), deff, (k * deff + 60) / (k + 20))
        if best is None or deff > best[0] + Decimal("1e-30"):
            best = deff, B
    if best is None:
        return {"share": p, "n_eff": None, "low": None, "high": None}
    t, n_eff = t_quantile(best[1] - 1), n / best[0]
    center = p + t**2 / (2 * n_eff)
    half = t * (p * (1 - p) / n_eff + t**2 / (4 * n_eff**2)).sqrt()
    low, high = ((center + sign * half) / (1 + t**2 / n_eff) for sign in (-1, 1))
    low, high = (Decimal(0) if y == 0 else low), (Decimal(1) if y == n else high)
    return {"share": p, "n_eff": n_eff, "low": low, "high": high}


def permutation_p(b, B):
    """Phipson & Smyth 2010, SAGMB 9(1): b of B permutations at least as extreme as what was seen."""
    return Fraction(b + 1, B + 1)


def drawn(digests):
    """The distribution of Σ over digests of how many with something are among n drawn of N, K of which have it:
    hypergeometric in each, {sum: probability}. Digests are [N, n, K]."""
    sums = {0: Fraction(1)}
    for N, n, K in digests:
        more = {k: Fraction(math.comb(K, k) * math.comb(N - K, n - k), math.comb(N, n)) for k in range(min(n, K) + 1)}
        sums = {s: sum(sums[s - k] * p for k, p in more.items() if s - k in sums)
                for s in {s + k for s in sums for k in more}}
    return sums


def some_of_each(digests, seen):
    """The probabilities of at least and at most so many."""
    sums = drawn(digests)
    return {"high": sum(p for s, p in sums.items() if s >= seen), "low": sum(p for s, p in sums.items() if s <= seen)}


def swap(digests, side):
    """Whether a term is of one side more than of the rest, against sides that change places: digests are [block, sides],
    each side [y, n] or null where the digest has none of it. In a digest with this side and another, side a has the score
    u_a = y_a − n_a·Σy/Σn; in a block scores add up by side, and the sides that are in it change places at random, all
    alike, in all its digests together (a uniform permutation; Fisher 1935, "The Design of Experiments", section 21).
    U = Σ u_side over blocks, mean 0, variance Σ_blocks mean over sides of u²; T = U/√variance; the tails P(U* ≥ U) and
    P(U* ≤ U), exact over all arrangements. Beside it labels change places within each digest, so many for each side
    (some_of_each). Of either tail the greater probability counts: p = min(1, 2·min(tails)). None where no arrangement
    changes anything."""
    blocks, draws, used = {}, [], 0
    for block, sides in digests:
        here = {a: cell for a, cell in enumerate(sides) if cell and cell[1]}
        if side in here and len(here) > 1:
            y, n = sum(y for y, _ in here.values()), sum(n for _, n in here.values())
            draws.append((n, here[side][1], y))
            used += here[side][0]
            scores = blocks.setdefault(block, {})
            for a, (y_a, n_a) in here.items():
                scores[a] = scores.get(a, 0) + y_a - n_a * Fraction(y, n)
    seen = sum(scores[side] for scores in blocks.values())
    variance = sum(sum(u**2 for u in scores.values()) / len(scores) for scores in blocks.values())
    if not variance:
        return None
    sums = [sum(arrangement) for arrangement in itertools.product(*(scores.values() for scores in blocks.values()))]
    tails = [Fraction(sum(1 for u in sums if u >= seen), len(sums)), Fraction(sum(1 for u in sums if u <= seen), len(sums))]
    within = some_of_each(draws, used)
    decimal = lambda x: Decimal(x.numerator) / x.denominator
    t = decimal(Fraction(seen)) / decimal(Fraction(variance)).sqrt()
    of = lambda tails: min(Fraction(1), 2 * min(tails))
    return {"u": Fraction(seen), "variance": variance, "t": t, "p_swap": of(tails), "p_within": of(within.values()),
            "p": of(map(max, zip(tails, within.values())))}


def reassigned(sources):
    """Pitman 1937, Supplement to the JRSS 4(1): sources are [here, y, n]. Source s has the score y − n·Σy/Σn; as many as are
    here are drawn from all, each set as likely. The tails are those of the sum of the drawn scores, p = min(1, 2·min(tails))."""
    rate = Fraction(sum(y for _, y, _ in sources), sum(n for _, _, n in sources))
    scores = [y - n * rate for _, y, n in sources]
    seen = sum(u for u, (here, _, _) in zip(scores, sources) if here)
    sums = [sum(drawn) for drawn in itertools.combinations(scores, sum(1 for here, _, _ in sources if here))]
    tails = [sum(1 for u in sums if u >= seen), sum(1 for u in sums if u <= seen)]
    return {"p": min(Fraction(1), Fraction(2 * min(tails), len(sums))), "arrangements": len(sums)}


def t_quantile(freedom):
    """The 97.5th percentile of Student's t: for whole degrees of freedom the distribution is a finite sum (Abramowitz &
    Stegun 1964, 26.7.3 and 26.7.4), of θ = atan(t/√freedom); found by halving."""
    pi = Decimal("3.14159265358979323846264338327950288419716939937511")
    def inside(sine):
        # P(|T| ≤ t) by the sine of θ.
        cosine = (1 - sine * sine).sqrt()
        if freedom % 2 == 0:
            term, total = Decimal(1), Decimal(1)
            for k in range(1, freedom // 2):
                term *= cosine**2 * (2 * k - 1) / (2 * k)
                total += term
            return sine * total
        term, total = cosine, Decimal(0)
        for k in range(1, (freedom - 1) // 2 + 1):
            total += term
            term *= cosine**2 * (2 * k) / (2 * k + 1)
        # θ by halving, then the series of the arcsine.
        s, factor = sine, Decimal(1)
        while s > Decimal("0.01"):
            s, factor = ((1 - (1 - s * s).sqrt()) / 2).sqrt(), factor * 2
        angle, power, k = Decimal(0), s, 0
        while power > Decimal("1e-48"):
            angle += power / (2 * k + 1)
            k += 1
            power *= s * s * (2 * k - 1) / (2 * k)
        return 2 / pi * (factor * angle + sine * total)
    low, high = Decimal(0), Decimal(1)
    for _ in range(150):
        middle = (low + high) / 2
        low, high = (middle, high) if inside(middle) < Decimal("0.95") else (low, middle)
    return Decimal(freedom).sqrt() * low / (1 - low * low).sqrt()


def by_block(digests, length):
    """Σ of the counts of digests [day, …] by block of so many days, of those with any."""
    blocks = {}
    for day, *counts in digests:
        if any(counts):
            block = blocks.setdefault(day // length, [0] * len(counts))
            block[:] = [a + b for a, b in zip(block, counts)]
    return list(blocks.values())


def difference(digests):
    """The difference of two shares: digests are [day, y_i, m_i, y_j, m_j]. Künsch 1989, Annals of Statistics 17(3), the block
    jackknife: θ_b without block b, v = (B−1)/B·Σ(θ_b − mean)², t·√v to either side (t of B − 1), the widest of blocks of 1, 3, 7
    and 14 days, of which there must be 3, of 14 days 10. Where a count of matches or of others is under 5, or v is 0, at least as far as by Newcombe
    1998, method 10, from the intervals of both shares. Within −1 and 1. p: all sign flips of the blocks' scores
    (y_i − p·m_i)/n_i − (y_j − p·m_j)/n_j, p = (y_i + y_j)/(n_i + n_j), the greatest over lengths with 6 blocks of both."""
    sums = [sum(d[at] for d in digests) for at in range(1, 5)]
    y_i, n_i, y_j, n_j = map(Fraction, sums)
    if not n_i or not n_j:
        return None
    theta, half, p = y_i / n_i - y_j / n_j, None, None
    for length in (1, 3, 7, 14):
        blocks = by_block(digests, length)
        if len(blocks) < (10 if length == 14 else 3):
            continue
        left = [[s - b for s, b in zip(sums, block)] for block in blocks]
        if all(l[1] and l[3] for l in left):
            thetas = [Fraction(l[0], l[1]) - Fraction(l[2], l[3]) for l in left]
            mean = sum(thetas) / len(thetas)
            v = Fraction(len(blocks) - 1, len(blocks)) * sum((x - mean) ** 2 for x in thetas)
            width = t_quantile(len(blocks) - 1) * (Decimal(v.numerator) / v.denominator).sqrt()
            half = max(half or width, width)
        if sum(1 for b in blocks if b[1] and b[3]) >= 6 and len(blocks) <= 16:
            rate = (y_i + y_j) / (n_i + n_j)
            e = [(b[0] - rate * b[1]) / n_i - (b[2] - rate * b[3]) / n_j for b in blocks]
            flips = [sum(x * s for x, s in zip(e, signs)) for signs in itertools.product((1, -1), repeat=len(e))]
            tail = min(sum(1 for x in flips if x >= sum(e)), sum(1 for x in flips if x <= sum(e)))
            if any(e):
                p = max(p or 0, min(Fraction(1), Fraction(2 * tail, len(flips))))
    decimal = lambda x: Decimal(x.numerator) / x.denominator
    theta = decimal(theta)
    ends = None
    if half is not None:
        low, high = theta - half, theta + half
        if not half or min(y_i, n_i - y_i, y_j, n_j - y_j) < 5:
            i, j = share([d[:3] for d in digests]), share([[d[0], *d[3:]] for d in digests])
            root = lambda a, b: (a * a + b * b).sqrt()
            low = min(low, theta - root(i["share"] - i["low"], j["high"] - j["share"]))
            high = max(high, theta + root(i["high"] - i["share"], j["share"] - j["low"]))
        ends = [max(low, Decimal(-1)), min(high, Decimal(1))]
    return {"difference": theta, "interval": ends, "p": p}


def log_odds_ratio(digests):
    """Of [day, y_i, m_i, y_j, m_j]: ln of the odds ratio with ½ added to each count (Haldane 1956), and half the width of its
    95% interval: the wider of Gart's 1966, z·√Σ1/(count + ½), and the block jackknife's, as of differences of shares."""
    sums = [sum(d[at] for d in digests) for at in range(1, 5)]
    odds = lambda y, n: (Decimal(y) + Decimal("0.5")) / (Decimal(n - y) + Decimal("0.5"))
    log = lambda c: (odds(c[0], c[1]) / odds(c[2], c[3])).ln()
    half = None
    for length in (1, 3, 7, 14):
        blocks = by_block(digests, length)
        if len(blocks) < (10 if length == 14 else 3):
            continue
        values = [log([s - b for s, b in zip(sums, block)]) for block in blocks]
        mean = sum(values) / len(values)
        v = Decimal(len(blocks) - 1) / len(blocks) * sum((x - mean) ** 2 for x in values)
        half = max(half or Decimal(0), t_quantile(len(blocks) - 1) * v.sqrt())
    if half is not None:
        cells = (sums[0], sums[1] - sums[0], sums[2], sums[3] - sums[2])
        half = max(half, Decimal("1.959963984540054") * sum(1 / (Decimal(c) + Decimal("0.5")) for c in cells).sqrt())
    return {"value": log(sums), "half_width": half}


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
    for freedom in (1, 2, 3, 5, 12, 24, 57):
        assert close(t_quantile(freedom), stats.t(freedom).ppf(0.975)), freedom
    for digests in ([(d, 3, 10, d % 4, 10) for d in range(9)],):
        y_i, n_i, y_j, n_j = (sum(d[at] for d in digests) for at in range(1, 5))
        ours = float(log_odds_ratio(digests)["value"])
        assert close(math.exp(ours), stats.contingency.odds_ratio(
            [[2 * y_i + 1, 2 * (n_i - y_i) + 1], [2 * y_j + 1, 2 * (n_j - y_j) + 1]], kind="sample").statistic)
    for N, n, K in ((20, 10, 3), (12, 2, 5)):
        ours = some_of_each([(N, n, K)], 2)
        assert close(ours["high"], stats.hypergeom(N, K, n).sf(1)) and close(ours["low"], stats.hypergeom(N, K, n).cdf(2))


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
